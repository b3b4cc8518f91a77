package org.flowshield.node.restore.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.restore.TestNamespace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NamespaceNumberIT {

    /** Other tests make namespaces as well. */
    private static final int TRIES = 50;

    /** The kernel does away with a namespace some time after its name. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    @BeforeEach
    void needs_root() {
        assumeTrue(
                Files.isWritable(Path.of("/proc/sys/net/ipv4/ip_forward")),
                "makes network namespaces: needs root");
    }

    @Test
    void a_namespace_is_found_by_its_number() throws Exception {
        try (TestNamespace made = new TestNamespace()) {
            long number = made.machine().namespace();
            assertThat(number).isPositive().isNotEqualTo(LinuxMachine.own().namespace());
            assertThat(LinuxMachine.find(number).map(Machine::namespace)).contains(number);
        }
        long own = LinuxMachine.own().namespace();
        assertThat(LinuxMachine.find(own).map(Machine::namespace)).contains(own);
    }

    @Test
    void one_that_is_gone_is_not_found_whoever_gets_the_number_of_its_file() throws Exception {
        for (int i = 0; i < TRIES; i++) {
            long gone;
            long file;
            try (TestNamespace made = new TestNamespace()) {
                gone = made.machine().namespace();
                file = file(made);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            try (TestNamespace next = new TestNamespace()) {
                assertThat(LinuxMachine.find(gone)).isEmpty();
                if (file(next) == file) {
                    return;
                }
            }
        }
        System.out.println("NamespaceNumberIT: this kernel gave no file's number again");
    }

    private static long file(TestNamespace namespace) throws IOException {
        return NamespaceNumber.fileNumber(Path.of("/run/netns", namespace.name()));
    }
}

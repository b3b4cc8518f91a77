package org.flowshield.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SingleInstanceTest {

    private static final long PATIENCE = 30;

    @TempDir private Path folder;

    @Test
    void a_second_start_raises_the_first_window_and_ends() throws Exception {
        Semaphore raised = new Semaphore(0);
        try (SingleInstance first = SingleInstance.begin(folder).orElseThrow()) {
            first.onRaise(raised::release);
            assertThat(SingleInstance.begin(folder)).isEmpty();
            assertThat(raised.tryAcquire(PATIENCE, TimeUnit.SECONDS)).isTrue();
            assertThat(SingleInstance.begin(folder)).isEmpty();
            assertThat(raised.tryAcquire(PATIENCE, TimeUnit.SECONDS)).isTrue();
        }
        Optional<SingleInstance> next = SingleInstance.begin(folder);
        assertThat(next).isPresent();
        next.orElseThrow().close();
    }

    @Test
    void another_process_is_told_from_this_one() throws Exception {
        Semaphore raised = new Semaphore(0);
        try (SingleInstance first = SingleInstance.begin(folder).orElseThrow()) {
            first.onRaise(raised::release);
            assertThat(startedElsewhere()).isEqualTo(Elsewhere.SECOND);
            assertThat(raised.tryAcquire(PATIENCE, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(startedElsewhere()).isEqualTo(Elsewhere.FIRST);
    }

    @Test
    void what_a_killed_one_left_behind_is_in_nobodys_way() throws IOException {
        Files.writeString(folder.resolve("app.sock"), "of one that was killed");
        Files.writeString(folder.resolve("app.lock"), "");
        Optional<SingleInstance> one = SingleInstance.begin(folder);
        assertThat(one).isPresent();
        one.orElseThrow().close();
    }

    private int startedElsewhere() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(
                                                Objects.requireNonNull(
                                                        System.getProperty("java.home")),
                                                "bin",
                                                "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path", ""),
                                Elsewhere.class.getName(),
                                folder.toString())
                        .inheritIO()
                        .start();
        assertThat(process.waitFor(4 * PATIENCE, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Starts in a process of its own, and says by its exit code which one it was. */
    static final class Elsewhere {
        static final int FIRST = 10;
        static final int SECOND = 11;

        private Elsewhere() {}

        public static void main(String[] arguments) throws IOException {
            Optional<SingleInstance> one = SingleInstance.begin(Path.of(arguments[0]));
            one.ifPresent(SingleInstance::close);
            System.exit(one.isPresent() ? FIRST : SECOND);
        }
    }
}

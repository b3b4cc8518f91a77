package org.flowshield.node.restore.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flowshield.node.restore.TestNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real kernel says. */
final class NetworkStateIT {

    @TempDir private Path files;

    private String state(TestNamespace namespace) throws IOException {
        for (String name : List.of("fib_trie", "route", "if_inet6", "ipv6_route")) {
            Files.writeString(files.resolve(name), namespace.run("cat /proc/self/net/" + name));
        }
        return NetworkState.read(files).orElseThrow();
    }

    @Test
    void every_address_and_route_that_comes_or_goes_changes_it() throws Exception {
        try (TestNamespace namespace = new TestNamespace()) {
            String before = state(namespace);
            for (String what :
                    List.of(
                            "-4 address %s 203.0.113.2/24 dev lo",
                            "-6 address %s 2001:db8:b::2/64 dev lo",
                            "-4 route %s 198.51.100.0/24 dev lo",
                            "-6 route %s 2001:db8:c::/64 dev lo",
                            "-4 route %s default dev lo",
                            "-6 route %s default dev lo")) {
                assertThat(state(namespace)).isEqualTo(before);
                namespace.run("ip " + what.formatted("add"));
                String with = state(namespace);
                assertThat(with).as(what).isNotEqualTo(before);
                namespace.run("ip " + what.formatted("del"));
                before = state(namespace);
                assertThat(before).as(what).isNotEqualTo(with);
            }
        }
    }

    @Test
    void this_process_has_one() {
        assertThat(NetworkState.own()).isPresent();
    }
}

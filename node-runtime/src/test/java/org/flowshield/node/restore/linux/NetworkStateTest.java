package org.flowshield.node.restore.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkStateTest {

    private static final String ADDRESS6 =
            "fe80000000000000a8bbccfffe000001 02 40 20 80     eth0\n";

    @TempDir private Path files;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(files.resolve("fib_trie"), "Main:\n  +-- 0.0.0.0/0 3 0 5\n");
        Files.writeString(files.resolve("route"), "eth0 00000000 0100A8C0 0003 0 0 0 00000000\n");
        Files.writeString(files.resolve("if_inet6"), ADDRESS6);
        Files.writeString(files.resolve("ipv6_route"), route6("00000001", "00000000", "eth0"));
    }

    private static String route6(String references, String uses, String device) {
        String none = "00000000000000000000000000000000";
        return "%s 00 %s 00 %s 00000400 %s %s 00000003     %s\n"
                .formatted(none, none, none, references, uses, device);
    }

    @Test
    void is_the_same_however_often_a_route_was_used() throws IOException {
        String before = NetworkState.read(files).orElseThrow();

        Files.writeString(files.resolve("ipv6_route"), route6("00000007", "0000abcd", "eth0"));

        assertThat(NetworkState.read(files)).hasValue(before);
    }

    @Test
    void is_another_when_any_address_or_route_is() throws IOException {
        String before = NetworkState.read(files).orElseThrow();
        for (String name : List.of("fib_trie", "route", "if_inet6")) {
            String text = Files.readString(files.resolve(name));
            Files.writeString(files.resolve(name), text + "eth1\n");
            assertThat(NetworkState.read(files).orElseThrow()).as(name).isNotEqualTo(before);
            Files.writeString(files.resolve(name), text);
        }
        Files.writeString(files.resolve("ipv6_route"), route6("00000001", "00000000", "eth1"));
        assertThat(NetworkState.read(files).orElseThrow()).isNotEqualTo(before);
    }

    @Test
    void does_without_ipv6_and_not_without_ipv4() throws IOException {
        Files.delete(files.resolve("if_inet6"));
        Files.delete(files.resolve("ipv6_route"));
        assertThat(NetworkState.read(files)).isPresent();

        Files.delete(files.resolve("route"));
        assertThat(NetworkState.read(files)).isEmpty();
    }
}

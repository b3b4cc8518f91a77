package org.flowshield.tun.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import org.flowshield.tun.TunAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkPlanTest {

    private static final List<TunAddress> ADDRESSES = List.of(TunAddress.parse("100.64.0.2/24"));

    @Test
    void the_last_change_is_taken_back_first() {
        Change first = Change.of("first", Command.of("/do", "1"), Command.of("/undo", "1"));
        Change second =
                new Change(
                        "second",
                        List.of(Command.of("/do", "2a"), Command.of("/do", "2b")),
                        List.of(Command.of("/undo", "2b"), Command.of("/undo", "2a")));
        NetworkPlan plan = new NetworkPlan(List.of(first, second));
        assertThat(plan.apply()).hasToString("[/do 1, /do 2a, /do 2b]");
        assertThat(plan.undo()).hasToString("[/undo 2b, /undo 2a, /undo 1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\0", "say \"x\""})
    void a_command_has_no_word_that_could_be_two(String word) {
        assertThatIllegalArgumentException().isThrownBy(() -> Command.of("/bin/x", word));
    }

    @Test
    void a_change_without_a_way_back_is_none() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Change("x", List.of(Command.of("/do")), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "-interface", "a;b", "a/b", "%eth0"})
    void a_device_has_a_plain_name(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TunnelNetwork(name, ADDRESSES, List.of(), List.of()));
        InetAddress endpoint = InetAddress.ofLiteral("203.0.113.1");
        assertThatIllegalArgumentException().isThrownBy(() -> new Detour(endpoint, name, null));
    }

    @Test
    void a_detour_stays_in_its_family() {
        InetAddress endpoint = InetAddress.ofLiteral("203.0.113.1");
        InetAddress router = InetAddress.ofLiteral("fe80::1");
        assertThatIllegalArgumentException().isThrownBy(() -> new Detour(endpoint, "en0", router));
    }

    @Test
    void a_tunnel_has_bounds() {
        InetAddress server = InetAddress.ofLiteral("100.64.0.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TunnelNetwork("utun4", List.of(), List.of(), List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new TunnelNetwork(
                                        "utun4",
                                        ADDRESSES,
                                        List.of(),
                                        Collections.nCopies(4, server)));
        Detour detour = new Detour(InetAddress.ofLiteral("203.0.113.1"), "en0", null);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new TunnelNetwork(
                                        "utun4",
                                        ADDRESSES,
                                        Collections.nCopies(17, detour),
                                        List.of()));
    }
}

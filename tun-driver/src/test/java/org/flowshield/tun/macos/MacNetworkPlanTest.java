package org.flowshield.tun.macos;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.flowshield.tun.TunAddress;
import org.flowshield.tun.plan.Command;
import org.flowshield.tun.plan.Detour;
import org.flowshield.tun.plan.NetworkPlan;
import org.flowshield.tun.plan.TunnelNetwork;
import org.junit.jupiter.api.Test;

/** What would be run, word for word; it never was on macOS. */
class MacNetworkPlanTest {

    private static final List<Detour> DETOURS =
            List.of(
                    new Detour(
                            InetAddress.ofLiteral("203.0.113.9"),
                            "en0",
                            InetAddress.ofLiteral("192.168.1.1")),
                    new Detour(
                            InetAddress.ofLiteral("2001:db8::9"),
                            "en0",
                            InetAddress.ofLiteral("fe80::1")),
                    new Detour(InetAddress.ofLiteral("192.168.1.77"), "en0", null));

    private static NetworkPlan plan(String... addresses) {
        return MacNetworkPlan.of(
                new TunnelNetwork(
                        "utun4",
                        Stream.of(addresses).map(TunAddress::parse).toList(),
                        DETOURS,
                        List.of(
                                InetAddress.ofLiteral("100.64.0.1"),
                                InetAddress.ofLiteral("fd77::1"))));
    }

    private static List<String> words(List<Command> commands) {
        return commands.stream().map(command -> String.join(" ", command.words())).toList();
    }

    @Test
    void leads_both_families_into_the_tunnel_and_the_providers_beside_it() {
        assertThat(words(plan("100.64.0.2/24", "fd77::2/64").apply()))
                .containsExactly(
                        "/sbin/route -q -n add -inet 203.0.113.9/32 -gateway 192.168.1.1",
                        "/sbin/route -q -n add -inet6 2001:db8:0:0:0:0:0:9/128 -gateway"
                                + " fe80:0:0:0:0:0:0:1%en0",
                        "/sbin/route -q -n add -inet 192.168.1.77/32 -interface en0",
                        "/sbin/route -q -n add -inet 100.64.0.0/24 -interface utun4",
                        "/sbin/route -q -n add -inet6 fd77:0:0:0:0:0:0:0/64 -interface utun4",
                        "/sbin/route -q -n add -inet 0.0.0.0/1 -interface utun4",
                        "/sbin/route -q -n add -inet 128.0.0.0/1 -interface utun4",
                        "/sbin/route -q -n add -inet6 0:0:0:0:0:0:0:0/1 -interface utun4",
                        "/sbin/route -q -n add -inet6 8000:0:0:0:0:0:0:0/1 -interface utun4",
                        "/usr/sbin/scutil");
    }

    @Test
    void answers_a_family_that_is_not_carried() {
        assertThat(words(plan("100.64.0.2/32").apply()).subList(3, 7))
                .containsExactly(
                        "/sbin/route -q -n add -inet 0.0.0.0/1 -interface utun4",
                        "/sbin/route -q -n add -inet 128.0.0.0/1 -interface utun4",
                        "/sbin/route -q -n add -inet6 0:0:0:0:0:0:0:0/1 ::1 -reject",
                        "/sbin/route -q -n add -inet6 8000:0:0:0:0:0:0:0/1 ::1 -reject");
        assertThat(words(plan("fd77::2/64").apply()))
                .contains("/sbin/route -q -n add -inet 0.0.0.0/1 127.0.0.1 -reject");
    }

    @Test
    void takes_back_in_reverse_what_it_made() {
        NetworkPlan plan = plan("100.64.0.2/24", "fd77::2/64");
        List<String> made = words(plan.apply());
        assertThat(words(plan.undo()))
                .containsExactlyElementsOf(
                        made.reversed().stream()
                                .map(words -> words.replace(" add ", " delete "))
                                .toList());
    }

    @Test
    void names_go_to_the_tunnels_servers_until_they_are_taken_back() {
        NetworkPlan plan = plan("100.64.0.2/24");
        assertThat(plan.apply().getLast().input())
                .isEqualTo(
                        """
                        d.init
                        d.add ServerAddresses * 100.64.0.1 fd77:0:0:0:0:0:0:1
                        d.add SupplementalMatchDomains * ""
                        d.add SupplementalMatchDomainsNoSearch # 1
                        d.add SearchOrder # 1
                        set State:/Network/Service/org.flowshield/DNS
                        quit
                        """);
        assertThat(plan.undo().getFirst().input())
                .isEqualTo("remove State:/Network/Service/org.flowshield/DNS\nquit\n");
    }

    @Test
    void leaves_names_alone_when_there_is_no_server() {
        TunnelNetwork network =
                new TunnelNetwork(
                        "utun4", List.of(TunAddress.parse("100.64.0.2/24")), List.of(), List.of());
        assertThat(words(MacNetworkPlan.of(network).apply()))
                .hasSize(5)
                .allMatch(words -> words.startsWith("/sbin/route "));
    }
}

package org.flowshield.node.exit.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.exit.Egress;
import org.flowshield.node.restore.MachineException;
import org.junit.jupiter.api.Test;

final class LinuxEgressTest {

    private static final String ADDRESSES =
            """
            [{"ifindex":1,"ifname":"lo","mtu":65536,"link_type":"loopback","addr_info":[
                {"family":"inet","local":"127.0.0.1","prefixlen":8,"scope":"host"}]},
             {"ifindex":2,"ifname":"eth0","mtu":1400,"link_type":"ether","addr_info":[
                {"family":"inet","local":"203.0.113.2","prefixlen":24,"scope":"global"},
                {"family":"inet6","local":"2001:db8:b::2","prefixlen":64,"scope":"global"},
                {"family":"inet6","local":"2001:db8:b::abcd","prefixlen":64,"scope":"global",
                    "temporary":true},
                {"family":"inet6","local":"fe80::2","prefixlen":64,"scope":"link"}]},
             {"ifindex":3,"ifname":"flowshield0","mtu":1400,"link_type":"none","addr_info":[
                {"family":"inet","local":"100.70.0.2","prefixlen":32,"scope":"global"}]}]
            """;

    private static final String DEFAULT =
            "[{\"dst\":\"default\",\"gateway\":\"203.0.113.1\",\"dev\":\"eth0\",\"flags\":[]}]";

    @Test
    void the_default_routes_say_what_the_exit_can_carry() throws Exception {
        assertThat(LinuxEgress.parse(DEFAULT, DEFAULT, ADDRESSES))
                .isEqualTo(
                        new Egress(
                                true,
                                true,
                                1400,
                                List.of(
                                        Cidr.parse("127.0.0.0/8"),
                                        Cidr.parse("203.0.113.0/24"),
                                        Cidr.parse("2001:db8:b::/64"),
                                        Cidr.parse("fe80::/64"),
                                        Cidr.parse("100.70.0.2/32")),
                                List.of(
                                        InetAddress.ofLiteral("203.0.113.2"),
                                        InetAddress.ofLiteral("2001:db8:b::2"))));
    }

    @Test
    void a_network_may_be_on_the_link_by_a_route_alone() throws Exception {
        String routes =
                """
                [{"dst":"default","gateway":"fe80::1","dev":"eth0"},
                 {"dst":"2001:db8:c::/64","dev":"eth0","protocol":"ra"},
                 {"dst":"2001:db8:d::/64","gateway":"fe80::9","dev":"eth0"},
                 {"dst":"2001:db8:e::1","dev":"eth0"},
                 {"type":"unreachable","dst":"2001:db8:f::/48","dev":"lo"}]
                """;
        assertThat(LinuxEgress.parse("[]", routes, "[]").onLink())
                .containsExactly(Cidr.parse("2001:db8:c::/64"), Cidr.parse("2001:db8:e::1/128"));
    }

    @Test
    void half_of_the_internet_is_no_network_that_a_machine_is_in() throws Exception {
        String routes = "[{\"dst\":\"0.0.0.0/1\",\"dev\":\"tun0\"}]";
        assertThat(LinuxEgress.parse(routes, "[]", "[]").onLink()).isEmpty();
    }

    @Test
    void without_a_default_route_of_ipv6_the_exit_is_ipv4_only() throws Exception {
        assertThat(LinuxEgress.parse(DEFAULT, "[ ]", ADDRESSES).ipv6()).isFalse();
        assertThat(LinuxEgress.parse(DEFAULT, "", ADDRESSES).ipv6()).isFalse();
    }

    @Test
    void an_unreachable_default_route_leads_nowhere() throws Exception {
        String unreachable = "[{\"type\":\"unreachable\",\"dst\":\"default\",\"dev\":\"lo\"}]";
        assertThat(LinuxEgress.parse(DEFAULT, unreachable, ADDRESSES).ipv6()).isFalse();
    }

    @Test
    void a_machine_without_default_routes_has_a_usual_link() throws Exception {
        Egress egress = LinuxEgress.parse("[]", "[]", "[]");
        assertThat(egress).isEqualTo(new Egress(true, false, 1500, List.of(), List.of()));
    }

    @Test
    void words_that_are_no_json_are_an_error() {
        assertThatThrownBy(() -> LinuxEgress.parse("Command line is not complete", "", ""))
                .isInstanceOf(MachineException.class);
    }
}

package org.flowshield.node.exit.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.exit.Egress;
import org.flowshield.node.restore.MachineException;
import org.junit.jupiter.api.Test;

final class LinuxEgressTest {

    private static final String ADDRESSES =
            """
            [{"ifindex":1,"ifname":"lo","mtu":65536,"addr_info":[
                {"family":"inet","local":"127.0.0.1","prefixlen":8}]},
             {"ifindex":2,"ifname":"eth0","mtu":1400,"addr_info":[
                {"family":"inet","local":"203.0.113.2","prefixlen":24},
                {"family":"inet6","local":"2001:db8:b::2","prefixlen":64}]}]
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
                                        Cidr.parse("2001:db8:b::/64"))));
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
        assertThat(egress).isEqualTo(new Egress(true, false, 1500, List.of()));
    }

    @Test
    void words_that_are_no_json_are_an_error() {
        assertThatThrownBy(() -> LinuxEgress.parse("Command line is not complete", "", ""))
                .isInstanceOf(MachineException.class);
    }
}

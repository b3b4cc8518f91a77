package org.flowshield.node.routing.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.flowshield.node.restore.Change.Family;
import org.flowshield.node.routing.RoutePlan;
import org.junit.jupiter.api.Test;

final class PolicyRoutesTest {

    @Test
    void the_table_blocks_before_a_rule_leads_to_it_and_that_rule_comes_last() {
        assertThat(PolicyRoutes.blocking(Family.V4))
                .startsWith(
                        "route add unreachable default metric 4278198272 table 18003",
                        "rule add pref 18000 fwmark 0x4653 lookup main",
                        "rule add pref 18001 fwmark 0x4653 unreachable")
                .endsWith("rule add pref 18007 lookup 18003");
    }

    @Test
    void names_are_led_into_the_tunnel_before_anything_leads_to_a_neighbour() {
        for (Family family : Family.values()) {
            List<String> lines = PolicyRoutes.blocking(family);
            for (String port : List.of("53", "853")) {
                assertThat(lines)
                        .contains(
                                "rule add pref 18002 dport " + port + " lookup 18003",
                                "rule add pref 18003 dport " + port + " unreachable");
            }
            assertThat(lines.stream().filter(line -> line.contains("lookup main")))
                    .filteredOn(line -> !line.contains("fwmark"))
                    .isNotEmpty()
                    .allMatch(line -> line.matches("rule add pref 1800[45] .*"));
        }
    }

    @Test
    void to_private_addresses_leads_no_route_that_is_wider_than_they_are() {
        assertThat(PolicyRoutes.reachingLan(Family.V4))
                .containsExactly(
                        "rule add pref 18006 to 10.0.0.0/8 lookup main suppress_prefixlength 7",
                        "rule add pref 18006 to 172.16.0.0/12 lookup main suppress_prefixlength 11",
                        "rule add pref 18006 to 192.168.0.0/16 lookup main suppress_prefixlength"
                                + " 15",
                        "rule add pref 18006 to 239.255.255.250 lookup main");
        assertThat(PolicyRoutes.reachingLan(Family.V6))
                .containsExactly(
                        "rule add pref 18006 to fc00::/7 lookup main suppress_prefixlength 6");
    }

    @Test
    void a_family_that_the_tunnel_does_not_carry_is_led_nowhere() {
        RoutePlan plan = new RoutePlan("fs0", true, false);
        assertThat(PolicyRoutes.leading(Family.V4, plan))
                .containsExactly("route replace default dev fs0 table 18003");
        assertThat(PolicyRoutes.leading(Family.V6, plan)).isEmpty();
    }
}

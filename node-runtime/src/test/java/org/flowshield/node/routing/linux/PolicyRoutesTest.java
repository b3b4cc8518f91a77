package org.flowshield.node.routing.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.flowshield.node.restore.Change.Family;
import org.flowshield.node.routing.RoutePlan;
import org.junit.jupiter.api.Test;

final class PolicyRoutesTest {

    @Test
    void the_table_blocks_before_it_leads_anywhere_and_the_rule_to_it_comes_last() {
        List<String> commands =
                PolicyRoutes.commands(Family.V4, new RoutePlan("fs0", true, true)).stream()
                        .map(words -> String.join(" ", words))
                        .toList();
        assertThat(commands)
                .startsWith(
                        "ip -4 route add unreachable default metric 4278198272 table 18003",
                        "ip -4 route add default dev fs0 table 18003",
                        "ip -4 rule add pref 18000 fwmark 0x4653 lookup main",
                        "ip -4 rule add pref 18001 fwmark 0x4653 unreachable")
                .endsWith("ip -4 rule add pref 18004 lookup 18003");
    }

    @Test
    void a_family_that_the_tunnel_does_not_carry_is_unreachable() {
        assertThat(PolicyRoutes.commands(Family.V6, new RoutePlan("fs0", true, false)))
                .filteredOn(words -> words.contains("route"))
                .hasSize(1)
                .allSatisfy(words -> assertThat(words).contains("unreachable"));
    }
}

package org.flowshield.node.routing.linux;

import static org.assertj.core.api.Assertions.assertThat;

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
                .endsWith("rule add pref 18004 lookup 18003");
    }

    @Test
    void a_family_that_the_tunnel_does_not_carry_is_led_nowhere() {
        RoutePlan plan = new RoutePlan("fs0", true, false);
        assertThat(PolicyRoutes.leading(Family.V4, plan))
                .containsExactly("route replace default dev fs0 table 18003");
        assertThat(PolicyRoutes.leading(Family.V6, plan)).isEmpty();
    }
}

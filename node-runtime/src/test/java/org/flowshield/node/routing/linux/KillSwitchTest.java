package org.flowshield.node.routing.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KillSwitchTest {

    @Test
    void what_no_rule_lets_out_stays() {
        assertThat(KillSwitch.ruleset(KillSwitch.TABLE, false)).contains("policy drop;");
        assertThat(KillSwitch.ruleset(KillSwitch.TABLE, false).lines().map(String::strip).toList())
                .containsSubsequence(
                        "udp sport { 546, 547 } udp dport { 546, 547 } accept", "goto refuse", "}");
    }

    @Test
    void names_are_refused_before_anything_near_is_let_out() {
        for (boolean lan : new boolean[] {false, true}) {
            List<String> lines = lines(lan);
            int names = lines.indexOf("meta l4proto { tcp, udp } th dport { 53, 853 } goto refuse");
            assertThat(names).isPositive();
            assertThat(lines.subList(0, names))
                    .filteredOn(line -> line.endsWith("accept"))
                    .containsExactly(
                            "oifname \"lo\" accept",
                            "oifname \"flowshield*\" accept",
                            "meta mark 18003 accept");
        }
    }

    @Test
    void private_addresses_are_let_out_when_the_local_network_is_reached_alone() {
        List<String> more = lines(true);
        more.removeAll(lines(false));
        assertThat(more)
                .containsExactly(
                        "ip daddr { 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 239.255.255.250 }"
                                + " accept",
                        "ip6 daddr { fc00::/7 } accept");
    }

    private static List<String> lines(boolean lan) {
        return new ArrayList<>(
                KillSwitch.ruleset(KillSwitch.TABLE, lan).lines().map(String::strip).toList());
    }
}

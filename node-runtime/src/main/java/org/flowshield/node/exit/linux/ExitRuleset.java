package org.flowshield.node.exit.linux;

import java.util.List;
import java.util.stream.Collectors;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.exit.ExitPlan;
import org.flowshield.node.exit.ExitPolicy;
import org.flowshield.node.restore.Change;

/** The exit's table in the words of {@code nft}. Pure. */
final class ExitRuleset {

    static final Change.NftTable TABLE = new Change.NftTable("inet", "flowshield_exit");

    private ExitRuleset() {}

    /** One transaction; a table left over from a crash is replaced. */
    static String of(ExitPlan plan) {
        ExitPolicy policy = plan.policy();
        return """
        add table %1$s
        delete table %1$s
        table %1$s {
        %2$s%3$s%4$s%5$s\
            chain forward {
                type filter hook forward priority filter; policy accept;
                iifname "%6$s" jump from_session
                oifname "%6$s" jump to_session
            }
            chain from_session {
                oifname "%6$s" goto refuse
                tcp flags syn tcp option maxseg size set rt mtu
                ip daddr @allowed4 accept
                ip6 daddr @allowed6 accept
                ip daddr @refused4 goto refuse
                ip6 daddr @refused6 goto refuse
                tcp dport %9$d goto refuse
            }
            chain to_session {
                tcp flags syn tcp option maxseg size set rt mtu
                ct state != { established, related } drop
            }
            chain input {
                type filter hook input priority filter; policy accept;
                iifname "%6$s" jump to_provider
            }
            chain to_provider {
                ct state { established, related } accept
                ip daddr %7$s icmp type echo-request accept
                ip6 daddr %8$s icmpv6 type echo-request accept
                goto refuse
            }
            chain refuse {
                reject with icmpx admin-prohibited
            }
            chain leave {
                type nat hook postrouting priority srcnat; policy accept;
                iifname "%6$s" masquerade
            }
        }
        """
                .formatted(
                        TABLE.family() + " " + TABLE.name(),
                        set("allowed4", policy.allowed(true), true),
                        set("allowed6", policy.allowed(false), false),
                        set("refused4", policy.refused(true), true),
                        set("refused6", policy.refused(false), false),
                        plan.device(),
                        plan.gateway4().getHostAddress(),
                        plan.gateway6().getHostAddress(),
                        ExitPolicy.REFUSED_PORT);
    }

    private static String set(String name, List<Cidr> ranges, boolean ipv4) {
        String elements =
                ranges.isEmpty()
                        ? ""
                        : ranges.stream()
                                .map(Cidr::toString)
                                .collect(Collectors.joining(", ", " elements = { ", " };"));
        return "    set %s { type %s; flags interval; auto-merge;%s }%n"
                .formatted(name, ipv4 ? "ipv4_addr" : "ipv6_addr", elements);
    }
}

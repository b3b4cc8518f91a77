package org.flowshield.node.exit.linux;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.exit.ExitPlan;
import org.flowshield.node.exit.ExitPolicy;
import org.flowshield.node.exit.Refusal;
import org.flowshield.node.restore.Change;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The exit's table in the words of {@code nft}. Pure.
 *
 * <p>What is refused by its addresses is refused before the kernel tracks it, so that a flood costs
 * no memory. Each refusal has its counter; the sender is told by ICMP, a few times a second.
 */
final class ExitRuleset {

    static final Change.NftTable TABLE = new Change.NftTable("inet", "flowshield_exit");

    /** All hosts of the largest pool of sessions, and no more: sources are checked before. */
    private static final int MOST_SOURCES = 65_536;

    /** A page that refers to some refused addresses fails at once; a flood is not answered. */
    private static final int ANSWERS_PER_SECOND = 20;

    /** What NATs owe an idle TCP flow (RFC 5382 REQ-5: 2 h 4 min); the kernel's own is 5 days. */
    private static final int IDLE_TCP_SECONDS = 7440;

    private static final String NAME = TABLE.family() + " " + TABLE.name();

    private ExitRuleset() {}

    /** One transaction; a table left over from a crash is replaced. */
    static String of(ExitPlan plan, Collection<Integer> listeners) {
        return """
        add table %1$s
        delete table %1$s
        table %1$s {
        %2$s%3$s%4$s%5$s%6$s}
        """
                .formatted(
                        NAME,
                        counters(),
                        sets(plan, listeners),
                        prerouting(plan),
                        forward(plan),
                        input(plan));
    }

    /** Replaces the networks that the provider is in, in one transaction. */
    static String onLink(List<Cidr> networks) {
        return replaced("onlink4", family(networks, true))
                + replaced("onlink6", family(networks, false));
    }

    /** Replaces the ports at which the provider is reached. */
    static String listening(Collection<Integer> ports) {
        return replaced("listeners", ports);
    }

    private static String replaced(String set, Collection<?> elements) {
        String flushed = "flush set %s %s%n".formatted(NAME, set);
        return elements.isEmpty()
                ? flushed
                : flushed + "add element %s %s %s%n".formatted(NAME, set, braces(elements));
    }

    private static String counters() {
        StringBuilder counters = new StringBuilder();
        for (Refusal refusal : Refusal.values()) {
            counters.append("    counter ").append(refusal.label()).append(" { }\n");
        }
        return counters.toString();
    }

    private static String sets(ExitPlan plan, Collection<Integer> listeners) {
        ExitPolicy policy = plan.policy();
        List<Cidr> special = ExitPolicy.specialPurpose();
        return ranges("allowed4", policy.allowed(), true)
                + ranges("allowed6", policy.allowed(), false)
                + ranges("special4", special, true)
                + ranges("special6", special, false)
                + ranges("onlink4", policy.onLink(), true)
                + ranges("onlink6", policy.onLink(), false)
                + set("refused_ports", "inet_service", "", policy.refusedPorts())
                + set("listeners", "inet_service", "", listeners)
                + dynamic("flows4", "ipv4_addr", "")
                + dynamic("flows6", "ipv6_addr", "")
                + dynamic("answered4", "ipv4_addr", " timeout 1m;")
                + dynamic("answered6", "ipv6_addr", " timeout 1m;")
                + idle("idle4", "ip")
                + idle("idle6", "ip6");
    }

    private static String ranges(String name, List<Cidr> ranges, boolean ipv4) {
        return set(
                name,
                ipv4 ? "ipv4_addr" : "ipv6_addr",
                " flags interval; auto-merge;",
                family(ranges, ipv4));
    }

    private static List<Cidr> family(List<Cidr> ranges, boolean ipv4) {
        return ranges.stream().filter(range -> range.isIpv4() == ipv4).toList();
    }

    private static String set(String name, String type, String more, Collection<?> elements) {
        String listed = elements.isEmpty() ? "" : " elements = " + braces(elements) + ";";
        return "    set %s { type %s;%s%s }%n".formatted(name, type, more, listed);
    }

    private static String braces(Collection<?> elements) {
        return elements.stream()
                .map(Object::toString)
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String dynamic(String name, String type, String timeout) {
        String flags = timeout.isEmpty() ? "dynamic" : "dynamic,timeout";
        return "    set %s { type %s; size %d; flags %s;%s }%n"
                .formatted(name, type, MOST_SOURCES, flags, timeout);
    }

    private static String idle(String name, String family) {
        return "    ct timeout %s { protocol tcp; l3proto %s; policy = { established : %d }; }%n"
                .formatted(name, family, IDLE_TCP_SECONDS);
    }

    private static String prerouting(ExitPlan plan) {
        return """
            chain arrive {
                type filter hook prerouting priority raw; policy accept;
                iifname "%1$s" goto from_session
                iifname "lo" accept
                ip daddr %2$s counter name %7$s drop
                ip6 daddr %3$s counter name %7$s drop
            }
            chain from_session {
                ip saddr != %2$s counter name %8$s drop
                ip6 saddr != %3$s counter name %8$s drop
                %6$s
                ip daddr %4$s accept
                ip6 daddr %5$s accept
                ip daddr %2$s counter name %9$s goto refuse
                ip6 daddr %3$s counter name %9$s goto refuse
                ip daddr @allowed4 accept
                ip6 daddr @allowed6 accept
                ip daddr @special4 counter name %10$s goto refuse
                ip6 daddr @special6 counter name %10$s goto refuse
                ip daddr @onlink4 counter name %11$s goto refuse
                ip6 daddr @onlink6 counter name %11$s goto refuse
                tcp dport @refused_ports counter name %12$s goto refuse
            }
            chain refuse {
                update @answered4 { ip saddr limit rate %13$d/second burst %13$d packets } \
        reject with icmpx admin-prohibited
                update @answered6 { ip6 saddr limit rate %13$d/second burst %13$d packets } \
        reject with icmpx admin-prohibited
                drop
            }
            chain to_listener {
                type filter hook prerouting priority mangle; policy accept;
                iifname != "%1$s" tcp dport @listeners fib daddr type local meta mark set %14$d
            }
        """
                .formatted(
                        plan.device(),
                        plan.pool4(),
                        plan.pool6(),
                        plan.gateway4().getHostAddress(),
                        plan.gateway6().getHostAddress(),
                        plan.ipv6()
                                ? ""
                                : "meta nfproto ipv6 counter name %s goto refuse"
                                        .formatted(Refusal.NO_IPV6.label()),
                        Refusal.UNSOLICITED.label(),
                        Refusal.FORGED_SOURCE.label(),
                        Refusal.OTHER_SESSION.label(),
                        Refusal.SPECIAL_PURPOSE.label(),
                        Refusal.LOCAL_NETWORK.label(),
                        Refusal.PORT.label(),
                        ANSWERS_PER_SECOND,
                        plan.mark());
    }

    /** What nobody tracks is not masqueraded either: it would leave with its inner address. */
    private static String forward(ExitPlan plan) {
        return """
            chain forward {
                type filter hook forward priority filter; policy accept;
                iifname "%1$s" goto leave_session
                oifname "%1$s" goto to_session
            }
            chain leave_session {
                ct state { invalid, untracked } counter name %2$s drop
                oifname "%1$s" counter name %3$s goto refuse
                ct state new goto begin_flow
                tcp flags syn tcp option maxseg size set rt mtu
            }
            chain begin_flow {
                jump count_flow
                meta nfproto ipv4 meta l4proto tcp ct timeout set "idle4"
                meta nfproto ipv6 meta l4proto tcp ct timeout set "idle6"
                tcp flags syn tcp option maxseg size set rt mtu
            }
            chain count_flow {
                add @flows4 { ip saddr ct count over %5$d } counter name %6$s goto refuse
                add @flows6 { ip6 saddr ct count over %5$d } counter name %6$s goto refuse
            }
            chain to_session {
                ct state != { established, related } counter name %4$s drop
                tcp flags syn tcp option maxseg size set rt mtu
            }
            chain leave {
                type nat hook postrouting priority srcnat; policy accept;
                iifname "%1$s" masquerade
            }
        """
                .formatted(
                        plan.device(),
                        Refusal.INVALID.label(),
                        Refusal.OTHER_SESSION.label(),
                        Refusal.UNSOLICITED.label(),
                        plan.policy().maxFlows(),
                        Refusal.TOO_MANY_FLOWS.label());
    }

    private static String input(ExitPlan plan) {
        return """
            chain input {
                type filter hook input priority filter; policy accept;
                iifname "%1$s" goto to_provider
            }
            chain to_provider {
                ip daddr %2$s goto to_gateway
                ip6 daddr %3$s goto to_gateway
                counter name %4$s goto refuse
            }
            chain to_gateway {
                ct state { established, related } accept
                ct state new jump count_flow
                meta l4proto { tcp, udp } th dport 53 accept
                icmp type echo-request accept
                icmpv6 type echo-request accept
                counter name %4$s goto refuse
            }
        """
                .formatted(
                        plan.device(),
                        plan.gateway4().getHostAddress(),
                        plan.gateway6().getHostAddress(),
                        Refusal.OWN_SERVICE.label());
    }

    /** Reads what {@code nft -j list counters} says of the table. */
    static Map<Refusal, Long> parseCounters(String json) {
        Map<Refusal, Long> counts = new EnumMap<>(Refusal.class);
        try {
            for (JsonNode entry : JsonMapper.shared().readTree(json).path("nftables")) {
                JsonNode counter = entry.path("counter");
                for (Refusal refusal : Refusal.values()) {
                    if (counter.path("name").asString("").equals(refusal.label())) {
                        counts.put(refusal, counter.path("packets").asLong());
                    }
                }
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("nft said what can't be understood", e);
        }
        return counts;
    }
}

package org.flowshield.node.routing.linux;

import java.util.List;
import java.util.stream.Collectors;
import org.flowshield.node.restore.Change;
import org.flowshield.node.restore.Change.Family;

/**
 * What may leave the machine, in the words of {@code nft}; the same that the {@link PolicyRoutes}
 * let out. It holds where routes don't: for a socket that a program has bound to a network card,
 * where somebody else's rules of routing come before ours, and where ours have been removed. Pure.
 *
 * <p>It stands from blocking to opening, whatever becomes of this process, and changes in one
 * transaction. What this machine forwards for others it leaves alone: the bridges of containers
 * would be cut off with it.
 */
final class KillSwitch {

    static final Change.NftTable TABLE = new Change.NftTable("inet", "flowshield_kill_switch");

    /** The same in the place of one that a process left which is gone. */
    static final Change.NftTable HELD = new Change.NftTable("inet", "flowshield_held");

    /** The tunnel's device and the exit's; what enters these leaves by our own sockets or not. */
    private static final String OWN_DEVICES = "flowshield*";

    /** IPv6's groups of one link: neighbours, routers, mDNS. */
    private static final String LINK_GROUPS = "ff02::/16";

    private KillSwitch() {}

    /**
     * One transaction; a table that is there is replaced.
     *
     * @param lan whether private addresses may be reached outside of the tunnel
     */
    static Batch batch(boolean lan) {
        return new Batch(List.of("nft", "-f", "-"), ruleset(TABLE, lan));
    }

    /** The same under its other name; the local network is not reached. */
    static Batch held() {
        return new Batch(List.of("nft", "-f", "-"), ruleset(HELD, false));
    }

    static String ruleset(Change.NftTable table, boolean lan) {
        return """
        add table %1$s
        delete table %1$s
        table %1$s {
            chain from_here {
                type filter hook output priority filter; policy drop;
                oifname "lo" accept
                oifname "%2$s" accept
                meta mark %3$d accept
                meta l4proto { tcp, udp } th dport { %4$s } goto refuse
                ip daddr { %5$s } accept
                ip6 daddr { %6$s, %7$s } accept
                icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
                udp sport { 67, 68 } udp dport { 67, 68 } accept
                udp sport { 546, 547 } udp dport { 546, 547 } accept
        %8$s        goto refuse
            }
            chain refuse {
                reject with icmpx admin-prohibited
            }
        }
        """
                .formatted(
                        table.family() + " " + table.name(),
                        OWN_DEVICES,
                        PolicyRoutes.MARK,
                        String.join(", ", Near.NAME_PORTS),
                        ranges(Near.LINK, Family.V4),
                        ranges(Near.LINK, Family.V6),
                        LINK_GROUPS,
                        lan ? toTheLan() : "");
    }

    private static String toTheLan() {
        return """
                ip daddr { %s, %s } accept
                ip6 daddr { %s } accept
        """
                .formatted(
                        ranges(Near.PRIVATE, Family.V4),
                        Near.DISCOVERY,
                        ranges(Near.PRIVATE, Family.V6));
    }

    private static String ranges(List<Near.Range> ranges, Family family) {
        return Near.of(ranges, family).stream()
                .map(Near.Range::toString)
                .collect(Collectors.joining(", "));
    }
}

package org.flowshield.node.routing.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.node.restore.Change;
import org.flowshield.node.restore.Change.Family;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.restore.RecordedChanges;
import org.flowshield.node.routing.ClientRoutes;
import org.flowshield.node.routing.RoutePlan;
import org.jspecify.annotations.Nullable;

/**
 * Policy routing: sockets with our mark use the machine's own routes, everything else a table of
 * ours that leads into the tunnel or nowhere. The machine's own tables are not touched.
 *
 * <pre>
 *      0  local             loopback and the machine's own addresses
 *  18000  marked         -> main
 *  18001  marked         -> unreachable, never into the tunnel
 *  18002  names          -> table 18003, whoever in the neighbourhood offers to answer them
 *  18003  names          -> unreachable, where that table is not for a bound socket
 *  18004  link-local     -> main
 *  18005  DHCP renewal   -> main
 *  18006  private        -> main without its wider routes, while the local network is reached
 *  18007  everything     -> table 18003: the device, else unreachable
 *  32766  main
 * </pre>
 *
 * <p>A network can announce any route it likes. To a private address leads only one of main that is
 * for private addresses alone: neither the default route nor the halves of everything that stand
 * for it. What has no such route goes into the tunnel.
 */
public final class PolicyRoutes implements ClientRoutes {

    /** "FS" in ASCII; a socket with this SO_MARK stays outside of the tunnel. */
    public static final int MARK = 0x4653;

    /** The mark as a number; no table below 2^16 with this number is known to be used by others. */
    static final int TABLE = MARK;

    /** Behind local, before main and before what wg-quick and Tailscale use. */
    static final int FIRST_PRIORITY = 18_000;

    /** Worse than any route through the device. */
    private static final String LAST_METRIC = "4278198272";

    private static final String MAIN = "main";

    /** Of names in the clear, and of names over TLS or QUIC; of TCP and UDP alike. */
    private static final List<String> NAME_PORTS = List.of("53", "853");

    /** A range of addresses: the first of them, and how many bits all have in common. */
    private record Range(Family family, String first, int bits) {}

    /** By RFC 1918 and RFC 4193. */
    private static final List<Range> PRIVATE =
            List.of(
                    new Range(Family.V4, "10.0.0.0", 8),
                    new Range(Family.V4, "172.16.0.0", 12),
                    new Range(Family.V4, "192.168.0.0", 16),
                    new Range(Family.V6, "fc00::", 7));

    /**
     * Where printers, televisions and the like are looked for (SSDP, WS-Discovery). A packet to a
     * group stays on its link, whichever route it takes. Those of mDNS are link-local.
     */
    private static final String DISCOVERY = "239.255.255.250";

    private final Machine machine;
    private final ChangeJournal journal;
    private final List<Family> families;
    private final RecordedChanges recorded;

    /** The rules by which the local network is reached, or what is left of them. */
    private @Nullable RecordedChanges lan;

    private boolean reachesLan;

    private PolicyRoutes(
            Machine machine,
            ChangeJournal journal,
            List<Family> families,
            RecordedChanges recorded) {
        this.machine = machine;
        this.journal = journal;
        this.families = families;
        this.recorded = recorded;
    }

    /**
     * Blocks the machine's packets until they are led into a device.
     *
     * @throws IOException if it can't; then everything is as before, or the message of a suppressed
     *     exception says what stayed
     */
    public static PolicyRoutes block(Machine machine, ChangeJournal journal) throws IOException {
        List<Family> families = families(machine);
        ReversePath reversePath = ReversePath.of(machine);
        List<Change> changes = new ArrayList<>(reversePath.changes());
        for (Family family : families) {
            changes.add(new Change.RouteTable(family, TABLE));
            rules(family).forEach(words -> changes.add(new Change.Rule(family, words)));
        }
        RecordedChanges recorded = journal.record("the client's routes", changes, machine);
        try {
            reversePath.open(machine);
            Batches.run(machine, families, PolicyRoutes::blocking);
        } catch (IOException failure) {
            try (recorded) {
                throw failure;
            }
        }
        return new PolicyRoutes(machine, journal, families, recorded);
    }

    @Override
    public void leadInto(RoutePlan plan) throws IOException {
        Batches.run(machine, families, family -> leading(family, plan));
    }

    @Override
    public void reachLan(boolean reached) throws IOException {
        if (reached && reachesLan) {
            return;
        }
        reachesLan = false;
        closeLan();
        if (reached) {
            openLan();
            reachesLan = true;
        }
    }

    private void openLan() throws IOException {
        List<Change> changes = new ArrayList<>();
        for (Family family : families) {
            lanRules(family).forEach(words -> changes.add(new Change.Rule(family, words)));
        }
        lan = journal.record("the client's way to the local network", changes, machine);
        try {
            Batches.run(machine, families, PolicyRoutes::reachingLan);
        } catch (IOException failure) {
            try {
                closeLan();
            } catch (IOException more) {
                failure.addSuppressed(more);
            }
            throw failure;
        }
    }

    private void closeLan() throws IOException {
        if (lan != null) {
            lan.close();
            lan = null;
        }
    }

    @Override
    public void close() throws IOException {
        try (recorded) {
            closeLan();
        }
    }

    /** Both, also if IPv6 has no address: it may get one while the tunnel stands. */
    private static List<Family> families(Machine machine) throws IOException {
        return machine.settings("ipv6").isEmpty()
                ? List.of(Family.V4)
                : List.of(Family.V4, Family.V6);
    }

    /** In an order in which no packet finds its way out while they are being made. */
    static List<String> blocking(Family family) {
        List<String> lines = new ArrayList<>();
        lines.add("route add unreachable default metric %s table %d".formatted(LAST_METRIC, TABLE));
        for (List<String> words : rules(family)) {
            lines.add("rule add " + String.join(" ", words));
        }
        return lines;
    }

    /** One line, or none for a family that the tunnel does not carry. */
    static List<String> leading(Family family, RoutePlan plan) {
        return (family == Family.V4 ? plan.ipv4() : plan.ipv6())
                ? List.of("route replace default dev %s table %d".formatted(plan.device(), TABLE))
                : List.of();
    }

    /** What each rule says, the catch-all last. */
    static List<List<String>> rules(Family family) {
        String mark = "0x" + Integer.toHexString(MARK);
        String table = Integer.toString(TABLE);
        List<List<String>> rules = new ArrayList<>();
        rules.add(rule(0, "fwmark", mark, "lookup", MAIN));
        rules.add(rule(1, "fwmark", mark, "unreachable"));
        for (String port : NAME_PORTS) {
            rules.add(rule(2, "dport", port, "lookup", table));
            rules.add(rule(3, "dport", port, "unreachable"));
        }
        switch (family) {
            case V4 -> {
                rules.add(rule(4, "to", "169.254.0.0/16", "lookup", MAIN));
                rules.add(rule(4, "to", "224.0.0.0/24", "lookup", MAIN));
                // A lease that can't be renewed costs the machine its address.
                rules.add(rule(5, "ipproto", "udp", "sport", "68", "dport", "67", "lookup", MAIN));
            }
            case V6 -> {
                // Multicast needs no rule: it is in the table local.
                rules.add(rule(4, "to", "fe80::/10", "lookup", MAIN));
                rules.add(
                        rule(5, "ipproto", "udp", "sport", "546", "dport", "547", "lookup", MAIN));
            }
        }
        rules.add(rule(7, "lookup", table));
        return rules;
    }

    /** Any order will do: each leads packets to the neighbourhood, and none elsewhere. */
    static List<String> reachingLan(Family family) {
        return lanRules(family).stream()
                .map(words -> "rule add " + String.join(" ", words))
                .toList();
    }

    private static List<List<String>> lanRules(Family family) {
        List<List<String>> rules = new ArrayList<>();
        for (Range range : PRIVATE) {
            if (range.family() == family) {
                String to = range.first() + "/" + range.bits();
                String wider = Integer.toString(range.bits() - 1);
                rules.add(rule(6, "to", to, "lookup", MAIN, "suppress_prefixlength", wider));
            }
        }
        if (family == Family.V4) {
            rules.add(rule(6, "to", DISCOVERY, "lookup", MAIN));
        }
        return rules;
    }

    private static List<String> rule(int place, String... words) {
        List<String> rule = new ArrayList<>();
        rule.add("pref");
        rule.add(Integer.toString(FIRST_PRIORITY + place));
        rule.addAll(List.of(words));
        return List.copyOf(rule);
    }
}

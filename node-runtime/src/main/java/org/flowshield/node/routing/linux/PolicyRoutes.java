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

/**
 * Policy routing: sockets with our mark use the machine's own routes, everything else a table of
 * ours that leads into the tunnel or nowhere. The machine's own tables are not touched.
 *
 * <pre>
 *      0  local                  loopback and the machine's own addresses
 *  18000  marked        -> main
 *  18001  marked        -> unreachable, never into the tunnel
 *  18002  link-local    -> main
 *  18003  DHCP renewal  -> main
 *  18004  everything    -> table 18003: the device, else unreachable
 *  32766  main
 * </pre>
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

    private final Machine machine;
    private final List<Family> families;
    private final RecordedChanges recorded;

    private PolicyRoutes(Machine machine, List<Family> families, RecordedChanges recorded) {
        this.machine = machine;
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
        return new PolicyRoutes(machine, families, recorded);
    }

    @Override
    public void leadInto(RoutePlan plan) throws IOException {
        Batches.run(machine, families, family -> leading(family, plan));
    }

    @Override
    public void close() throws IOException {
        recorded.close();
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
        List<List<String>> rules = new ArrayList<>();
        rules.add(rule(0, "fwmark", mark, "lookup", MAIN));
        rules.add(rule(1, "fwmark", mark, "unreachable"));
        switch (family) {
            case V4 -> {
                rules.add(rule(2, "to", "169.254.0.0/16", "lookup", MAIN));
                rules.add(rule(2, "to", "224.0.0.0/24", "lookup", MAIN));
                // A lease that can't be renewed costs the machine its address.
                rules.add(rule(3, "ipproto", "udp", "sport", "68", "dport", "67", "lookup", MAIN));
            }
            case V6 -> {
                // Multicast needs no rule: it is in the table local.
                rules.add(rule(2, "to", "fe80::/10", "lookup", MAIN));
                rules.add(
                        rule(3, "ipproto", "udp", "sport", "546", "dport", "547", "lookup", MAIN));
            }
        }
        rules.add(rule(4, "lookup", Integer.toString(TABLE)));
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

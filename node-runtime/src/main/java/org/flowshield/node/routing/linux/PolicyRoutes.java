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
     * Sends the machine's packets into the tunnel.
     *
     * @throws IOException if it can't; then everything is as before, or the message of a suppressed
     *     exception says what stayed
     */
    public static PolicyRoutes open(RoutePlan plan, Machine machine, ChangeJournal journal)
            throws IOException {
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
            for (Family family : families) {
                for (List<String> command : commands(family, plan)) {
                    machine.run(command);
                }
            }
        } catch (IOException failure) {
            try (recorded) {
                throw failure;
            }
        }
        return new PolicyRoutes(machine, families, recorded);
    }

    @Override
    public void leadInto(RoutePlan plan) throws IOException {
        for (Family family : families) {
            for (List<String> command : deviceRoute(family, "replace", plan)) {
                machine.run(command);
            }
        }
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
    static List<List<String>> commands(Family family, RoutePlan plan) {
        List<List<String>> commands = new ArrayList<>();
        String table = Integer.toString(TABLE);
        commands.add(
                ip(
                        family,
                        "route",
                        "add",
                        "unreachable",
                        "default",
                        "metric",
                        LAST_METRIC,
                        "table",
                        table));
        commands.addAll(deviceRoute(family, "add", plan));
        for (List<String> words : rules(family)) {
            List<String> command = new ArrayList<>(ip(family, "rule", "add"));
            command.addAll(words);
            commands.add(command);
        }
        return commands;
    }

    /** One command, or none for a family that the tunnel does not carry. */
    private static List<List<String>> deviceRoute(Family family, String verb, RoutePlan plan) {
        if (family == Family.V4 ? plan.ipv4() : plan.ipv6()) {
            return List.of(
                    ip(
                            family,
                            "route",
                            verb,
                            "default",
                            "dev",
                            plan.device(),
                            "table",
                            Integer.toString(TABLE)));
        }
        return List.of();
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

    private static List<String> ip(Family family, String... words) {
        List<String> command = new ArrayList<>(List.of("ip", family.option()));
        command.addAll(List.of(words));
        return List.copyOf(command);
    }
}

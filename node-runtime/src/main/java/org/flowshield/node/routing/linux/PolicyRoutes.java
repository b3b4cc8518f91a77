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
 * ours that leads into the tunnel or nowhere. The machine's own tables are not touched. Beside it
 * stands the {@link KillSwitch}, which lets out the same.
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
        changes.add(KillSwitch.TABLE);
        for (Family family : families) {
            changes.add(new Change.RouteTable(family, TABLE));
            rules(family).forEach(words -> changes.add(new Change.Rule(family, words)));
        }
        RecordedChanges recorded = journal.record("the client's routes", changes, machine);
        try {
            reversePath.open(machine);
            new Batches()
                    .and(KillSwitch.batch(false))
                    .routing(families, PolicyRoutes::blocking)
                    .run(machine);
        } catch (IOException failure) {
            try (recorded) {
                throw failure;
            }
        }
        return new PolicyRoutes(machine, journal, families, recorded);
    }

    /** The kill switch comes anew with it: somebody may have removed it. */
    @Override
    public void leadInto(RoutePlan plan) throws IOException {
        new Batches()
                .and(KillSwitch.batch(reachesLan))
                .routing(families, family -> leading(family, plan))
                .run(machine);
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
            new Batches()
                    .and(KillSwitch.batch(true))
                    .routing(families, PolicyRoutes::reachingLan)
                    .run(machine);
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
            new Batches().and(KillSwitch.batch(false)).run(machine);
            lan = null;
        }
    }

    @Override
    public void close() throws IOException {
        try (recorded) {
            if (lan != null) {
                lan.close();
                lan = null;
            }
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
        for (String port : Near.NAME_PORTS) {
            rules.add(rule(2, "dport", port, "lookup", table));
            rules.add(rule(3, "dport", port, "unreachable"));
        }
        for (Near.Range link : Near.of(Near.LINK, family)) {
            rules.add(rule(4, "to", link.toString(), "lookup", MAIN));
        }
        // A lease that can't be renewed costs the machine its address.
        switch (family) {
            case V4 -> rules.add(dhcp("68", "67"));
            // Multicast needs no rule: it is in the table local.
            case V6 -> rules.add(dhcp("546", "547"));
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
        for (Near.Range range : Near.of(Near.PRIVATE, family)) {
            String wider = Integer.toString(range.bits() - 1);
            rules.add(
                    rule(
                            6,
                            "to",
                            range.toString(),
                            "lookup",
                            MAIN,
                            "suppress_prefixlength",
                            wider));
        }
        if (family == Family.V4) {
            rules.add(rule(6, "to", Near.DISCOVERY, "lookup", MAIN));
        }
        return rules;
    }

    private static List<String> dhcp(String from, String to) {
        return rule(5, "ipproto", "udp", "sport", from, "dport", to, "lookup", MAIN);
    }

    private static List<String> rule(int place, String... words) {
        List<String> rule = new ArrayList<>();
        rule.add("pref");
        rule.add(Integer.toString(FIRST_PRIORITY + place));
        rule.addAll(List.of(words));
        return List.copyOf(rule);
    }
}

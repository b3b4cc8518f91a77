package org.flowshield.node.exit.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.exit.Exit;
import org.flowshield.node.exit.ExitPlan;
import org.flowshield.node.exit.Refusal;
import org.flowshield.node.restore.Change;
import org.flowshield.node.restore.Change.Setting;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.restore.MachineException;
import org.flowshield.node.restore.RecordedChanges;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exit by the kernel's forwarding, one table of nftables, which comes and goes in one
 * transaction, and rules for the routes. The table stands before forwarding is switched on, so that
 * nothing is forwarded unchecked.
 */
final class NftExit implements Exit {

    private static final Logger LOG = LoggerFactory.getLogger(NftExit.class);

    private final Machine machine;
    private final RecordedChanges recorded;

    // Guarded by this.
    private ExitPlan plan;
    private Set<Integer> listeners = Set.of();
    private boolean closed;

    /** What the counters of tables that somebody removed had reached when last seen. */
    private final Map<Refusal, Long> before = new EnumMap<>(Refusal.class);

    private Map<Refusal, Long> lastSeen = Map.of();

    private NftExit(ExitPlan plan, Machine machine, RecordedChanges recorded) {
        this.plan = plan;
        this.machine = machine;
        this.recorded = recorded;
    }

    /**
     * Opens the exit. Its device must exist already, or its own settings would be taken for
     * somebody's.
     *
     * @throws IOException if it can't; then everything is as before, or the message of a suppressed
     *     exception says what stayed
     */
    static NftExit open(ExitPlan plan, Machine machine, ChangeJournal journal) throws IOException {
        List<Setting> settings = ForwardingSettings.of(machine, plan.ipv6());
        List<Change.Rule> rules = PhysicalRoutes.of(plan, machine);
        List<Change> changes = new ArrayList<>(settings);
        changes.add(ExitRuleset.TABLE);
        changes.addAll(rules);
        RecordedChanges recorded = journal.record("the exit", changes, machine);
        try {
            for (Change.Rule rule : rules) {
                machine.run(PhysicalRoutes.command(rule));
            }
            load(machine, ExitRuleset.of(plan, Set.of()));
            for (Setting setting : settings) {
                Optional<String> current = machine.setting(setting.path());
                if (current.isPresent() && !current.orElseThrow().equals(setting.ours())) {
                    machine.set(setting.path(), setting.ours());
                }
            }
        } catch (IOException failure) {
            try (recorded) {
                throw failure;
            }
        }
        return new NftExit(plan, machine, recorded);
    }

    private static void load(Machine machine, String script) throws MachineException {
        machine.run(List.of("nft", "-f", "-"), script);
    }

    @Override
    public synchronized void listening(Collection<Integer> ports) throws IOException {
        listeners = new TreeSet<>(ports);
        load(machine, ExitRuleset.listening(listeners));
    }

    @Override
    public synchronized boolean keep(List<Cidr> onLink) throws IOException {
        if (closed) {
            return false;
        }
        ExitPlan now = plan.with(plan.policy().withOnLink(onLink));
        if (!stands()) {
            LOG.warn("somebody has removed the exit's filter: putting it back");
            lastSeen.forEach((refusal, count) -> before.merge(refusal, count, Long::sum));
            lastSeen = Map.of();
            load(machine, ExitRuleset.of(now, listeners));
        } else if (!now.equals(plan)) {
            LOG.info("the provider is in other networks now: {}", now.policy().onLink());
            load(machine, ExitRuleset.onLink(now.policy().onLink()));
        } else {
            return false;
        }
        plan = now;
        return true;
    }

    /** Looks at the counters, which are there as long as the table is. */
    private boolean stands() throws IOException {
        try {
            lastSeen =
                    ExitRuleset.parseCounters(
                            machine.run(
                                    List.of(
                                            "nft",
                                            "-j",
                                            "list",
                                            "counters",
                                            "table",
                                            ExitRuleset.TABLE.family(),
                                            ExitRuleset.TABLE.name())));
            return !lastSeen.isEmpty();
        } catch (MachineException e) {
            if (String.valueOf(e.getMessage()).contains("No such file or directory")) {
                return false;
            }
            throw e;
        } catch (IllegalArgumentException e) {
            throw new MachineException(
                    MachineException.Reason.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public synchronized Map<Refusal, Long> refused() throws IOException {
        if (!closed) {
            boolean _ = stands();
        }
        Map<Refusal, Long> all = new EnumMap<>(Refusal.class);
        for (Refusal refusal : Refusal.values()) {
            all.put(refusal, before.getOrDefault(refusal, 0L) + lastSeen.getOrDefault(refusal, 0L));
        }
        return all;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        recorded.close();
    }
}

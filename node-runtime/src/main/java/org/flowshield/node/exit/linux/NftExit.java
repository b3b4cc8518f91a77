package org.flowshield.node.exit.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.node.exit.Exit;
import org.flowshield.node.exit.ExitPlan;
import org.flowshield.node.restore.Change;
import org.flowshield.node.restore.Change.Setting;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.restore.RecordedChanges;

/**
 * An exit by the kernel's forwarding and one table of nftables, which comes and goes in one
 * transaction. The rules stand before forwarding is switched on, so that nothing is forwarded
 * unchecked.
 */
public final class NftExit implements Exit {

    private final RecordedChanges recorded;

    private NftExit(RecordedChanges recorded) {
        this.recorded = recorded;
    }

    /**
     * Opens the exit. Its device must exist already, or its own settings would be taken for
     * somebody's.
     *
     * @throws IOException if it can't; then everything is as before, or the message of a suppressed
     *     exception says what stayed
     */
    public static NftExit open(ExitPlan plan, Machine machine, ChangeJournal journal)
            throws IOException {
        List<Setting> settings = ForwardingSettings.of(machine, plan.ipv6());
        List<Change> changes = new ArrayList<>(settings);
        changes.add(ExitRuleset.TABLE);
        RecordedChanges recorded = journal.record("the exit", changes, machine);
        try {
            machine.run(List.of("nft", "-f", "-"), ExitRuleset.of(plan));
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
        return new NftExit(recorded);
    }

    @Override
    public void close() throws IOException {
        recorded.close();
    }
}

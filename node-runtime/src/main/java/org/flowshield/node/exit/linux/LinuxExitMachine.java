package org.flowshield.node.exit.linux;

import java.io.IOException;
import java.util.Optional;
import org.flowshield.node.exit.Egress;
import org.flowshield.node.exit.Exit;
import org.flowshield.node.exit.ExitMachine;
import org.flowshield.node.exit.ExitPlan;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.Machine;
import org.jspecify.annotations.Nullable;

/**
 * A Linux machine that is to be an exit. Starting programs to look at its networks takes a
 * processor tens of milliseconds, which packets would wait for; it is done when something has
 * changed. Safe for use by any thread.
 */
public final class LinuxExitMachine implements ExitMachine {

    /**
     * So often the kernel's word that nothing has changed is taken before all is looked at again:
     * it says nothing of an MTU. With the usual watch that is once a minute.
     */
    static final int LOOKS_BY_STATE = 19;

    /** What was found, and how often it was taken for current since. */
    private record Seen(String state, Egress egress, int taken) {}

    private final Machine machine;
    private final ChangeJournal journal;

    /** Guarded by this object. */
    private @Nullable Seen seen;

    /**
     * An exit on a machine.
     *
     * @param journal where its changes are recorded before they are made
     */
    public LinuxExitMachine(Machine machine, ChangeJournal journal) {
        this.machine = machine;
        this.journal = journal;
    }

    @Override
    public synchronized Egress egress() throws IOException {
        // Read before the programs look: what changes meanwhile is found the next time.
        Optional<String> state = machine.networkState();
        Seen last = seen;
        if (last != null
                && last.taken() < LOOKS_BY_STATE
                && state.filter(last.state()::equals).isPresent()) {
            seen = new Seen(last.state(), last.egress(), last.taken() + 1);
            return last.egress();
        }
        Egress egress = LinuxEgress.find(machine);
        seen = state.map(text -> new Seen(text, egress, 0)).orElse(null);
        return egress;
    }

    @Override
    public Exit open(ExitPlan plan) throws IOException {
        return NftExit.open(plan, machine, journal);
    }
}

package org.flowshield.node.exit.linux;

import java.io.IOException;
import org.flowshield.node.exit.Egress;
import org.flowshield.node.exit.Exit;
import org.flowshield.node.exit.ExitMachine;
import org.flowshield.node.exit.ExitPlan;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.Machine;

/** A Linux machine that is to be an exit. Safe for use by any thread. */
public final class LinuxExitMachine implements ExitMachine {

    private final Machine machine;
    private final ChangeJournal journal;

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
    public Egress egress() throws IOException {
        return LinuxEgress.find(machine);
    }

    @Override
    public Exit open(ExitPlan plan) throws IOException {
        return NftExit.open(plan, machine, journal);
    }
}

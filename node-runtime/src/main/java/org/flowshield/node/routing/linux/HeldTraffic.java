package org.flowshield.node.routing.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.node.restore.Change;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.ChangeRecord;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.restore.RecordedChanges;
import org.flowshield.node.routing.LeftBlocked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds traffic with a table of its own, so that what a killed process left can be put back without
 * anything getting out. Whoever is killed while it holds leaves the table to the next, which has it
 * under its own record then: there is never a record by which the table of a living process could
 * be removed.
 */
public final class HeldTraffic implements LeftBlocked {

    private static final Logger LOG = LoggerFactory.getLogger(HeldTraffic.class);

    private static final String PART = "traffic held since a crash";

    private final RecordedChanges recorded;

    private HeldTraffic(RecordedChanges recorded) {
        this.recorded = recorded;
    }

    /**
     * Takes over from a process that is gone and has left this machine's traffic blocked. What it
     * left is not changed.
     *
     * @return empty if none has
     * @throws IOException if it can't be held; what was left still blocks
     */
    public static Optional<LeftBlocked> takeOver(Machine machine, ChangeJournal journal)
            throws IOException {
        List<Path> held = new ArrayList<>();
        boolean blocked = false;
        for (Path file : journal.files()) {
            List<Change> changes = left(machine, journal, file);
            if (changes.contains(KillSwitch.HELD)) {
                held.add(file);
            }
            blocked |= changes.contains(KillSwitch.TABLE);
        }
        if (!blocked && held.isEmpty()) {
            return Optional.empty();
        }
        RecordedChanges recorded = journal.record(PART, List.of(KillSwitch.HELD), machine);
        try {
            new Batches().and(KillSwitch.held()).run(machine);
            for (Path file : held) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            if (held.isEmpty()) {
                try (recorded) {
                    throw failure;
                }
            }
            recorded.forget(); // the table is in a record of one that is gone
            throw failure;
        }
        return Optional.of(new HeldTraffic(recorded));
    }

    /**
     * What a process has left that is gone; nothing of a record that can't be read, which is never
     * put back: what it is of blocks on by itself.
     */
    private static List<Change> left(Machine machine, ChangeJournal journal, Path file) {
        try {
            ChangeRecord record = journal.read(file);
            return record.namespace() == machine.namespace() && !record.inUse()
                    ? record.changes()
                    : List.of();
        } catch (IOException e) {
            LOG.debug("not looked at", e);
            return List.of();
        }
    }

    @Override
    public void close() throws IOException {
        recorded.close();
    }
}

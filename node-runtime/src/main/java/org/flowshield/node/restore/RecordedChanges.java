package org.flowshield.node.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Changes of which a record exists. Closing puts them back and removes the record. */
public final class RecordedChanges implements AutoCloseable {

    private final Path file;
    private final ChangeRecord record;
    private final Machine machine;

    RecordedChanges(Path file, ChangeRecord record, Machine machine) {
        this.file = file;
        this.record = record;
        this.machine = machine;
    }

    /**
     * Puts back what is still as we made it. Idempotent.
     *
     * @throws IOException if something could not be put back; the record stays
     */
    @Override
    public synchronized void close() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        new Restorer(machine).putBack(record.changes());
        Files.deleteIfExists(file);
    }

    /** Removes the record alone: other changes, recorded too, have taken the place of these. */
    public synchronized void forget() throws IOException {
        Files.deleteIfExists(file);
    }
}

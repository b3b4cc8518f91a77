package org.flowshield.node.restore;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;

/**
 * What one part of one process changes on the machine. Immutable.
 *
 * @param format of this record; {@value #FORMAT}
 * @param part of the product, in words
 * @param process its id
 * @param started when that process was started, in milliseconds since 1970: ids are used again
 * @param namespace the network namespace that is changed
 * @param changes in the order in which they are made
 */
public record ChangeRecord(
        int format, String part, long process, long started, long namespace, List<Change> changes) {

    static final int FORMAT = 1;

    public ChangeRecord {
        if (format != FORMAT) {
            throw new IllegalArgumentException("a record of format " + format);
        }
        changes = List.copyOf(changes);
    }

    static ChangeRecord ofThisProcess(String part, long namespace, List<Change> changes) {
        ProcessHandle current = ProcessHandle.current();
        return new ChangeRecord(FORMAT, part, current.pid(), startOf(current), namespace, changes);
    }

    /** True while the process that made the changes runs: then they are its to put back. */
    @JsonIgnore
    public boolean inUse() {
        return ProcessHandle.of(process)
                .filter(ProcessHandle::isAlive)
                .filter(running -> startOf(running) == started)
                .isPresent();
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}

package org.flowshield.node.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process as the kernel knows it. A number alone may be another process by now; the number and
 * the time of its start are never given twice.
 *
 * @param pid its number
 * @param start clock ticks from boot to its start (proc(5), field 22)
 */
record ProcStat(long pid, long start) {

    private static final int STARTTIME_AFTER_COMM = 22 - 3;
    private static final int STATE_AFTER_COMM = 0;

    /** The process of this number; empty if there is none, or only a zombie is left of it. */
    static Optional<ProcStat> of(long pid) {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // ESRCH: it ended between open and read
        }
        // The command's name stands in parentheses and may itself hold blanks and parentheses.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        if (fields[STATE_AFTER_COMM].equals("Z")) return Optional.empty();
        return Optional.of(new ProcStat(pid, Long.parseLong(fields[STARTTIME_AFTER_COMM])));
    }

    boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }
}

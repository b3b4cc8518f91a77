package org.flowshield.node.logging;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.flowshield.node.api.logs.LogEntry;
import org.flowshield.node.api.logs.LogExcerpt;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.api.logs.LogQuery;
import org.flowshield.node.api.logs.Logs;

/**
 * Keeps the newest entries of the log in memory: the oldest give way. Safe for use by any thread.
 */
public final class LatestLines implements Logs, LogSink {

    static final int MAX_ENTRIES = LogQuery.MAX_LINES;

    /** Long messages leave room for fewer: a storm of stack traces costs no more than that. */
    static final long MAX_BYTES = 1 << 20;

    /** The objects of an entry beside its characters. */
    private static final int ENTRY_BYTES = 128;

    private final Instant begun;

    /** Protects all below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Deque<LogEntry> entries = new ArrayDeque<>();
    private long bytes;
    private long last;

    /**
     * @param begun what it says of its beginning
     */
    public LatestLines(Instant begun) {
        this.begun = begun;
    }

    @Override
    public void take(Instant at, LogLevel level, String logger, String message) {
        LogEntry _ = add(at, level, logger, message);
    }

    /** Keeps it, and returns what is kept. */
    public LogEntry add(Instant at, LogLevel level, String logger, String message) {
        String shown = Message.of(message);
        lock.lock();
        try {
            LogEntry entry = new LogEntry(++last, at, level, logger, shown);
            entries.addLast(entry);
            bytes += weight(entry);
            while (entries.size() > MAX_ENTRIES || bytes > MAX_BYTES) {
                bytes -= weight(entries.removeFirst());
            }
            return entry;
        } finally {
            lock.unlock();
        }
    }

    /** Two bytes are the most that a character takes. */
    private static long weight(LogEntry entry) {
        return ENTRY_BYTES + 2L * entry.message().length();
    }

    @Override
    public LogExcerpt read(LogQuery query) {
        lock.lock();
        try {
            List<LogEntry> found = new ArrayList<>();
            Iterator<LogEntry> newest = entries.descendingIterator();
            while (newest.hasNext() && found.size() < query.lines()) {
                LogEntry entry = newest.next();
                if (entry.number() <= query.after()) {
                    break;
                }
                if (entry.level().isWithin(query.level())) {
                    found.add(entry);
                }
            }
            Collections.reverse(found);
            return new LogExcerpt(begun, last, missed(query), found);
        } finally {
            lock.unlock();
        }
    }

    private long missed(LogQuery query) {
        long gone = last - entries.size();
        return query.after() == 0 ? 0 : Math.max(0, gone - query.after());
    }
}

package org.flowshield.app.logs;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import org.flowshield.node.api.logs.LogExcerpt;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.api.logs.LogQuery;
import org.flowshield.node.api.logs.LogText;
import org.flowshield.node.api.logs.Logs;
import org.flowshield.node.logging.LatestLines;
import org.flowshield.node.logging.LogFile;
import org.flowshield.node.logging.LogSink;
import org.flowshield.node.logging.StandardError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The app's own log: the newest in memory, all of it in a file that is bounded. Safe for use by any
 * thread.
 */
public final class OwnLog implements Logs, LogSink, AutoCloseable {

    private final LatestLines latest;
    private final LogFile file;

    /**
     * One that holds what it is told.
     *
     * @param file that it is written to, in times of that zone
     */
    public OwnLog(Path file, Instant begun, ZoneId zone) {
        this.latest = new LatestLines(begun);
        this.file = new LogFile(file, new LogText(zone));
    }

    /** From now on it is told what this process logs, and which of its threads fail. */
    public void follow() {
        StandardError.alsoTo(this, LogLevel.INFO);
        Logger log = LoggerFactory.getLogger(OwnLog.class);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, why) ->
                        log.error("a mistake in the program: {} failed", thread.getName(), why));
    }

    @Override
    public void take(Instant at, LogLevel level, String logger, String message) {
        file.write(latest.add(at, level, logger, message));
    }

    @Override
    public LogExcerpt read(LogQuery query) {
        return latest.read(query);
    }

    /** Where it is written to. */
    public Path path() {
        return file.path();
    }

    @Override
    public void close() {
        file.close();
    }
}

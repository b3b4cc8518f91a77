package org.flowshield.node.logging;

import java.time.Instant;
import org.flowshield.node.api.logs.LogLevel;

/** Where the log goes beside standard error. Called by any thread; must not wait. */
@FunctionalInterface
public interface LogSink {

    /**
     * Takes what was written.
     *
     * @param logger full name of who wrote it
     * @param message with its stack trace, if there is one; of any length
     */
    void take(Instant at, LogLevel level, String logger, String message);
}

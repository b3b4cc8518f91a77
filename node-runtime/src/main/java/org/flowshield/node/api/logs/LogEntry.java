package org.flowshield.node.api.logs;

import java.time.Instant;

/**
 * Something that was written to the log. Immutable.
 *
 * @param number counts up by one with each entry, from 1 at the program's start
 * @param logger full name of who wrote it
 * @param message of several lines if there is a stack trace; long ones are cut, and say so
 */
public record LogEntry(long number, Instant at, LogLevel level, String logger, String message) {

    /** The last part of the logger's name. */
    public String source() {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}

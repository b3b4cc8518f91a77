package org.flowshield.node.api.logs;

/** From which weight on something is written to the log, the heaviest first. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG;

    /** Whether something of this weight is told where all of that weight is asked for. */
    public boolean isWithin(LogLevel asked) {
        return compareTo(asked) <= 0;
    }
}

package org.flowshield.node.api.logs;

/**
 * Which part of the log somebody wants to see. Immutable.
 *
 * @param lines the most entries, the newest
 * @param level and what is heavier
 * @param after only entries with greater numbers; 0: all
 */
public record LogQuery(int lines, LogLevel level, long after) {

    /** What fits on a few screens. */
    public static final int DEFAULT_LINES = 200;

    /** More are not kept. */
    public static final int MAX_LINES = 2000;

    public LogQuery {
        if (lines < 1 || lines > MAX_LINES) {
            throw new IllegalArgumentException("lines is 1 to " + MAX_LINES);
        }
        if (after < 0) {
            throw new IllegalArgumentException("after is the number of an entry, or 0");
        }
    }

    /** The newest of that weight. */
    public LogQuery(int lines, LogLevel level) {
        this(lines, level, 0);
    }

    /** The same of what came after an entry. */
    public LogQuery after(long number) {
        return new LogQuery(lines, level, number);
    }
}

package org.flowshield.node.api.http;

import java.util.Locale;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.http.Operations.Input;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.api.logs.LogQuery;
import org.flowshield.node.api.logs.Logs;
import org.jspecify.annotations.Nullable;

/** What the API tells of the log. Safe for use by any thread. */
final class LogOperations {

    static final String LOGS = "/v1/logs";

    private final Logs logs;

    LogOperations(Logs logs) {
        this.logs = logs;
    }

    Object read(Input input) throws RefusedException {
        Operations.nothing(input.body());
        return logs.read(query(input.query()));
    }

    private static LogQuery query(String query) throws RefusedException {
        Parameters given = new Parameters(query);
        try {
            LogQuery asked =
                    new LogQuery(
                            Math.toIntExact(given.number("lines", LogQuery.DEFAULT_LINES)),
                            level(given.take("level")),
                            given.number("after", 0));
            given.requireTaken("lines, level, after");
            return asked;
        } catch (IllegalArgumentException e) {
            throw Operations.invalid(String.valueOf(e.getMessage()));
        } catch (ArithmeticException e) {
            throw Operations.invalid("lines is 1 to " + LogQuery.MAX_LINES);
        }
    }

    private static LogLevel level(@Nullable String said) {
        if (said == null) {
            return LogLevel.DEBUG;
        }
        for (LogLevel level : LogLevel.values()) {
            if (level.name().toLowerCase(Locale.ROOT).equals(said)) {
                return level;
            }
        }
        throw new IllegalArgumentException("\"level\" is error, warn, info or debug");
    }
}

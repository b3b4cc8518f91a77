package org.flowshield.node.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.List;
import org.flowshield.node.api.logs.LogLevel;
import org.slf4j.event.KeyValuePair;

/** Hands what is logged on to a sink. Called by whoever logs. */
final class SinkAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    /** What is deeper says how the thread was begun; causes are to have room. */
    private static final int MAX_FRAMES = 12;

    private final LogSink sink;

    SinkAppender(LogSink sink) {
        this.sink = sink;
    }

    @Override
    protected void append(ILoggingEvent event) {
        sink.take(
                event.getInstant(), level(event.getLevel()), event.getLoggerName(), message(event));
    }

    private static LogLevel level(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> LogLevel.ERROR;
            case Level.WARN_INT -> LogLevel.WARN;
            case Level.INFO_INT -> LogLevel.INFO;
            default -> LogLevel.DEBUG;
        };
    }

    private static String message(ILoggingEvent event) {
        StringBuilder message = new StringBuilder(String.valueOf(event.getFormattedMessage()));
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> message.append(' ').append(pair));
        }
        String before = "";
        for (IThrowableProxy thrown = event.getThrowableProxy();
                thrown != null && message.length() < Message.MAX_CHARS;
                thrown = thrown.getCause()) {
            trace(message.append('\n').append(before), thrown);
            before = "Caused by: ";
        }
        return message.toString();
    }

    private static void trace(StringBuilder message, IThrowableProxy thrown) {
        message.append(thrown.getClassName()).append(": ").append(thrown.getMessage());
        StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
        int told = Math.min(MAX_FRAMES, frames.length - thrown.getCommonFrames());
        for (int i = 0; i < told; i++) {
            message.append("\n\t").append(frames[i]);
        }
        if (told < frames.length) {
            message.append("\n\t... ").append(frames.length - told).append(" more");
        }
    }
}

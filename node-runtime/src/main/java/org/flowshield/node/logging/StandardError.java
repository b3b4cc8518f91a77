package org.flowshield.node.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.config.LogFormat;
import org.slf4j.LoggerFactory;

/**
 * Writes the log to standard error: standard output belongs to results. Commands log warnings, in
 * words; a daemon says what it wants. Found by the logging library when the program starts.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class StandardError extends ContextAwareBase implements Configurator {

    private static final String LINE =
            "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\"} %-5level %logger{0}: %msg%replace( %kvp){'^ $', ''}%n%ex";

    /** Their own affairs, on which nobody who runs a node can act. */
    private static final String[] TALKATIVE = {"io.netty", "org.eclipse.jetty"};

    /** What this product writes. */
    private static final String OWN = "org.flowshield";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        setContext(context);
        write(context, LogFormat.TEXT, Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Writes in that form from now on, and to the sink too. */
    public static void use(LogFormat format, LogLevel level, LogSink sink) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.reset();
            write(context, format, Level.toLevel(level.name()));
            root(context).addAppender(appender(context, sink));
        }
    }

    /**
     * Warnings go to standard error as before; the sink takes them too, and of this product itself
     * all that has the weight.
     */
    public static void alsoTo(LogSink sink, LogLevel own) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.reset();
            write(context, LogFormat.TEXT, Level.WARN);
            root(context).addAppender(appender(context, sink));
            context.getLogger(OWN).setLevel(Level.toLevel(own.name()));
        }
    }

    private static Logger root(LoggerContext context) {
        return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static Appender<ILoggingEvent> appender(LoggerContext context, LogSink sink) {
        SinkAppender appender = new SinkAppender(sink);
        appender.setContext(context);
        appender.start();
        return appender;
    }

    private static void write(LoggerContext context, LogFormat format, Level level) {
        Encoder<ILoggingEvent> encoder = encoder(context, format);
        encoder.start();
        ThresholdFilter lightest = new ThresholdFilter();
        lightest.setLevel(level.levelStr);
        lightest.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.addFilter(lightest);
        appender.start();
        root(context).setLevel(level);
        root(context).addAppender(appender);
        for (String name : TALKATIVE) {
            context.getLogger(name).setLevel(Level.WARN);
        }
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogFormat format) {
        return switch (format) {
            case TEXT -> {
                PatternLayoutEncoder text = new PatternLayoutEncoder();
                text.setContext(context);
                text.setPattern(LINE);
                yield text;
            }
            case JSON -> {
                JsonEncoder json = new JsonEncoder();
                json.setContext(context);
                json.setWithContext(false);
                json.setWithSequenceNumber(false);
                json.setWithNanoseconds(false);
                json.setWithArguments(false);
                json.setWithMessage(false);
                json.setWithFormattedMessage(true);
                yield json;
            }
        };
    }
}

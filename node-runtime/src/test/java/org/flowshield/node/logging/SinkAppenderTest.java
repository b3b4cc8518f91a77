package org.flowshield.node.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.flowshield.node.api.logs.LogEntry;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.api.logs.LogQuery;
import org.junit.jupiter.api.Test;

final class SinkAppenderTest {

    private final LatestLines lines = new LatestLines(Instant.EPOCH);
    private final Logger log = logger();

    private Logger logger() {
        LoggerContext context = new LoggerContext();
        SinkAppender appender = new SinkAppender(lines);
        appender.setContext(context);
        appender.start();
        Logger logger = context.getLogger("org.flowshield.node.Some");
        logger.setLevel(Level.TRACE);
        logger.addAppender(appender);
        return logger;
    }

    private List<LogEntry> kept() {
        return lines.read(new LogQuery(9, LogLevel.DEBUG)).entries();
    }

    @Test
    void keeps_what_was_meant_with_its_weight() {
        log.error("an {}", "error");
        log.warn("a warning");
        log.info("news");
        log.debug("details");
        log.trace("more details");
        assertThat(kept())
                .extracting(LogEntry::level)
                .containsExactly(
                        LogLevel.ERROR,
                        LogLevel.WARN,
                        LogLevel.INFO,
                        LogLevel.DEBUG,
                        LogLevel.DEBUG);
        assertThat(kept().getFirst().message()).isEqualTo("an error");
        assertThat(kept().getFirst().logger()).isEqualTo("org.flowshield.node.Some");
    }

    @Test
    void values_stand_behind_the_message() {
        log.atInfo().addKeyValue("bytes", 5).log("carried");
        assertThat(kept().getFirst().message()).isEqualTo("carried bytes=\"5\"");
    }

    @Test
    void a_stack_trace_is_part_of_the_message() {
        log.warn("it broke", new IllegalStateException("outer", new IOException("inner")));
        assertThat(kept().getFirst().message())
                .startsWith(
                        "it broke\njava.lang.IllegalStateException: outer\n\tat org.flowshield.")
                .containsPattern("\n\t\\.\\.\\. \\d+ more\n")
                .contains(
                        "SinkAppenderTest.a_stack_trace",
                        "\nCaused by: java.io.IOException: inner");
    }

    @Test
    void an_exception_without_a_trace_or_with_itself_as_its_cause_is_told() {
        Throwable bare = new IllegalStateException("bare");
        bare.setStackTrace(new StackTraceElement[0]);
        log.error("it broke", bare);
        assertThat(kept().getFirst().message())
                .isEqualTo("it broke\njava.lang.IllegalStateException: bare");
        Throwable one = new IllegalStateException("one");
        Throwable two = new IllegalStateException("two", one);
        one.initCause(two);
        log.error("it broke", one);
        assertThat(kept().getLast().message()).contains("one", "two");
    }

    @Test
    void a_trace_without_end_is_cut() {
        Throwable deep = new IllegalStateException("0");
        for (int i = 1; i < 500; i++) {
            deep = new IllegalStateException(Integer.toString(i), deep);
        }
        log.error("it broke", deep);
        assertThat(kept().getFirst().message())
                .hasSizeLessThanOrEqualTo(Message.MAX_CHARS)
                .endsWith(Message.CUT);
    }
}

package org.flowshield.node.api.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogTextTest {

    private final LogText text = new LogText(ZoneId.of("Europe/Berlin"));

    private static LogEntry entry(LogLevel level, String message) {
        return new LogEntry(
                1, Instant.parse("2026-01-02T03:04:05.006Z"), level, "org.some.Thing", message);
    }

    @Test
    void an_entry_is_a_line_as_on_standard_error() {
        assertThat(text.of(entry(LogLevel.WARN, "it rains")))
                .isEqualTo("2026-01-02T04:04:05.006+01:00 WARN  Thing: it rains");
    }

    @Test
    void no_message_looks_like_an_entry_of_its_own() {
        String forged = "it rains\n2026-01-02T04:04:05.006+01:00 ERROR Ledger: all is lost";
        assertThat(text.of(List.of(entry(LogLevel.ERROR, forged), entry(LogLevel.INFO, "dry"))))
                .isEqualToNormalizingNewlines(
                        """
                        2026-01-02T04:04:05.006+01:00 ERROR Thing: it rains
                            2026-01-02T04:04:05.006+01:00 ERROR Ledger: all is lost
                        2026-01-02T04:04:05.006+01:00 INFO  Thing: dry""");
    }
}

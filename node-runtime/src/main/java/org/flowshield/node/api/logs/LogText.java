package org.flowshield.node.api.logs;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Entries as people read them: a line as on standard error, and further ones set in, so that no
 * message looks like an entry of its own. Immutable.
 *
 * @param zone that times are told in
 */
public record LogText(ZoneId zone) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

    private static final String SET_IN = "    ";

    public String of(LogEntry entry) {
        return "%s %-5s %s: %s"
                .formatted(
                        TIME.format(entry.at().atZone(zone)),
                        entry.level(),
                        entry.source(),
                        entry.message().replace("\n", System.lineSeparator() + SET_IN));
    }

    /** One below the other. */
    public String of(List<LogEntry> entries) {
        return entries.stream().map(this::of).collect(Collectors.joining(System.lineSeparator()));
    }
}

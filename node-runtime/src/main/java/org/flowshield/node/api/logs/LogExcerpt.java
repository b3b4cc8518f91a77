package org.flowshield.node.api.logs;

import java.time.Instant;
import java.util.List;

/**
 * A part of the log. Immutable. Who follows the log asks next for what came after {@code last}.
 *
 * @param begun when the program began to keep it; another time than before: it was started anew,
 *     and its numbers began anew
 * @param last number of the newest entry, whether it is among these or not; 0: there is none
 * @param missed how many entries, of any weight, came after the one that was named and are not kept
 *     any more
 * @param entries the oldest first
 */
public record LogExcerpt(Instant begun, long last, long missed, List<LogEntry> entries) {

    public LogExcerpt {
        entries = List.copyOf(entries);
    }
}

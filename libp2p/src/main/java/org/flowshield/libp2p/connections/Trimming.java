package org.flowshield.libp2p.connections;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Decides which connections are closed: none up to the high mark; above it the least worth, down to
 * the low one. Of equal worth those without a stream go first, and of these the youngest: peers
 * that have been there for long will be there for longer. A calculation.
 */
final class Trimming {

    private Trimming() {}

    /** The connections to close, the least worth first. */
    static <C> List<C> of(List<Candidate<C>> all, WaterMarks marks, Instant now) {
        if (all.size() <= marks.high()) {
            return List.of();
        }
        Instant young = now.minus(marks.grace());
        return all.stream()
                .filter(candidate -> !candidate.held() && !candidate.opened().isAfter(young))
                .sorted(
                        Comparator.<Candidate<C>>comparingInt(Candidate::worth)
                                .thenComparing(candidate -> candidate.streams() > 0)
                                .thenComparing(Candidate::opened, Comparator.reverseOrder()))
                .limit(all.size() - marks.low())
                .map(Candidate::connection)
                .toList();
    }
}

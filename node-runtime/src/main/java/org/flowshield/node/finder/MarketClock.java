package org.flowshield.node.finder;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the times that providers have signed say of this machine's clock. Nothing is set by it: it
 * explains why offers look as if they had ended, or certificates as if they were not valid yet.
 * Pure.
 */
final class MarketClock {

    /** Clocks of honest nodes differ by less, and certificates allow as much. */
    static final Duration WRONG = Duration.ofMinutes(5);

    /** One alone may be the one whose clock is wrong. */
    static final int WITNESSES = 2;

    private MarketClock() {}

    /**
     * By how much this machine's clock is ahead of most of the others', behind if negative; empty
     * if it is right, or too few are known.
     *
     * @param others by how much each other clock is ahead of this machine's
     */
    static Optional<Duration> ahead(Collection<Duration> others) {
        if (others.size() < WITNESSES) {
            return Optional.empty();
        }
        List<Duration> sorted = others.stream().sorted().toList();
        Duration lower = sorted.get((sorted.size() - 1) / 2);
        Duration upper = sorted.get(sorted.size() / 2);
        if (upper.compareTo(WRONG.negated()) < 0) {
            return Optional.of(upper.negated());
        }
        return lower.compareTo(WRONG) > 0 ? Optional.of(lower.negated()) : Optional.empty();
    }
}

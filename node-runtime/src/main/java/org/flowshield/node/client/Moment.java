package org.flowshield.node.client;

import java.time.Duration;

/**
 * When something happened, and the chance that decides what follows. Immutable.
 *
 * @param nanos of a monotonic clock: a step of the wall clock must not end a session
 * @param chance at random, from 0 to 1 exclusive
 */
record Moment(long nanos, double chance) {

    Moment {
        if (!(chance >= 0 && chance < 1)) {
            throw new IllegalArgumentException("no chance: " + chance);
        }
    }

    /** So long after this, in nanoseconds of the same clock. */
    long plus(Duration duration) {
        return nanos + duration.toNanos();
    }

    /** Whether that much time has gone by since a moment. */
    boolean isPast(long since, Duration duration) {
        return nanos - since >= duration.toNanos();
    }
}

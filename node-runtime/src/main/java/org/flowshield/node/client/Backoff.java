package org.flowshield.node.client;

import java.time.Duration;

/** The pauses between attempts: exponential, with half of each left to chance. */
final class Backoff {

    /**
     * After a session broke. Short, as most breaks are; not none, or all clients of a provider come
     * at once.
     */
    static final Duration FIRST = Duration.ofMillis(100);

    /** A user who looks at a provider coming back will wait this long. */
    static final Duration LONGEST = Duration.ofSeconds(15);

    /** Doublings after which {@link #LONGEST} is exceeded in any case. */
    private static final int MOST_DOUBLINGS = 16;

    private Backoff() {}

    /**
     * @param failures attempts that failed since the last session
     * @param chance from 0 to 1 exclusive
     */
    static Duration pause(int failures, double chance) {
        long doubled = FIRST.toNanos() << Math.min(Math.max(failures, 0), MOST_DOUBLINGS);
        long most = Math.min(doubled, LONGEST.toNanos());
        long half = most / 2;
        return Duration.ofNanos(half + (long) (half * chance));
    }
}

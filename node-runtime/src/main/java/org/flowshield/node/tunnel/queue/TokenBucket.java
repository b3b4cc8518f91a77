package org.flowshield.node.tunnel.queue;

import java.time.Duration;

/**
 * Keeps a rate, as the generic cell rate algorithm does (ITU-T I.371): it remembers when all that
 * was taken will have been earned. What is taken may be more than there is; then the next waits. A
 * pure calculator; one thread at a time.
 */
final class TokenBucket {

    /**
     * What was not used is forgotten after this: as long as a thread may wake late, and no longer,
     * because the burst goes to whoever wakes first.
     */
    static final long BURST = Duration.ofMillis(20).toNanos();

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Rate rate;
    private long earnedAt;

    /**
     * A full bucket.
     *
     * @param now nanoseconds on a monotonic clock, as everywhere here
     */
    TokenBucket(Rate rate, long now) {
        this.rate = rate;
        this.earnedAt = now - BURST;
    }

    /** True if nothing is owed. */
    boolean isReady(long now) {
        return untilReady(now) == 0;
    }

    /** Nanoseconds until nothing is owed. */
    long untilReady(long now) {
        return Math.max(0, earnedAt - now);
    }

    void take(long bytes, long now) {
        if (rate.isLimited()) {
            long from = Math.max(0, now - BURST - earnedAt) + earnedAt;
            earnedAt = from + bytes * SECOND / rate.bytesPerSecond();
        }
    }
}

package org.flowshield.libp2p.pubsub.memory;

/** A rate with a burst. For one thread. */
public final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private final double burst;
    private double tokens;
    private long at;

    public TokenBucket(double perSecond, double burst, long now) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.at = now;
    }

    /** Takes {@code count} if they are there. */
    public boolean take(double count, long now) {
        tokens = Math.min(burst, tokens + (now - at) / NANOS_PER_SECOND * perSecond);
        at = now;
        if (tokens < count) {
            return false;
        }
        tokens -= count;
        return true;
    }
}

package org.flowshield.node.directory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often each of many may do something: so many at once, and so many a second in the long run.
 * Bounded: beyond that whoever came longest ago is forgotten, and begins anew. Safe for use by any
 * thread.
 *
 * @param <K> who
 */
public final class TokenBuckets<K> {

    private static final double NANOS = 1e9;

    private static final class Bucket {
        double tokens;
        long at;
    }

    private final double burst;
    private final double perSecond;
    private final LongSupplier nanoTime;

    /** Guarded by this. */
    private final Map<K, Bucket> buckets;

    private long refused;

    /**
     * @param burst at once, at least 1
     * @param perSecond in the long run
     * @param most how many are told apart
     * @param nanoTime monotonic
     */
    public TokenBuckets(double burst, double perSecond, int most, LongSupplier nanoTime) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.buckets =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
                        return size() > most;
                    }
                };
    }

    /** Whether it may once more; then that is used up. */
    public synchronized boolean take(K who) {
        long now = nanoTime.getAsLong();
        Bucket bucket = buckets.get(who);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.tokens = burst;
            buckets.put(who, bucket);
        } else {
            bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) / NANOS * perSecond);
        }
        bucket.at = now;
        if (bucket.tokens < 1) {
            refused++;
            return false;
        }
        bucket.tokens--;
        return true;
    }

    /** How often somebody was told to wait. */
    public synchronized long refused() {
        return refused;
    }
}

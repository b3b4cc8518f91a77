package org.flowshield.libp2p.resource;

import java.util.Iterator;
import java.util.LinkedHashMap;

/**
 * How often each origin may connect: a bucket of {@link Limit#ACCEPT_BURST} that fills at {@link
 * Limit#ACCEPTS_PER_SECOND}. Of a bucket nothing is kept but when it will be full again, and it is
 * forgotten then. Not thread-safe.
 */
final class AcceptRates {

    /**
     * Origins remembered; the one seen longest ago is forgotten first. Whoever has more than these
     * gets past the rates and meets {@link Limit#HANDSHAKES}.
     */
    static final int TRACKED = 16_384;

    private static final long SECOND = 1_000_000_000;

    /** When each origin's bucket is full again, the one used longest ago first. */
    private final LinkedHashMap<Origin, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true);

    private final long interval;
    private final long burst;

    AcceptRates(long perSecond, long burst) {
        this.interval = Math.max(1, SECOND / perSecond);
        this.burst = burst;
    }

    /** Whether one more may come now; it is accounted then. */
    boolean admit(Origin origin, long now) {
        long empty = emptyFor(fullAt.getOrDefault(origin, now), now);
        if (empty > (burst - 1) * interval) {
            return false;
        }
        forgetFull(now);
        fullAt.put(origin, now + empty + interval);
        return true;
    }

    private static long emptyFor(long full, long now) {
        return Math.max(0, full - now);
    }

    private void forgetFull(long now) {
        Iterator<Long> eldest = fullAt.values().iterator();
        while (eldest.hasNext()) {
            boolean full = eldest.next() - now <= 0;
            if (!full && fullAt.size() < TRACKED) {
                return;
            }
            eldest.remove();
        }
    }

    /** How many connections the busiest origin has made that its bucket still remembers. */
    long busiest(long now) {
        long most = 0;
        for (long full : fullAt.values()) {
            most = Math.max(most, emptyFor(full, now));
        }
        return Math.ceilDiv(most, interval);
    }

    int tracked() {
        return fullAt.size();
    }
}

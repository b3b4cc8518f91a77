package org.flowshield.node.tunnel.queue;

import java.time.Duration;

/**
 * Controlled Delay (RFC 8289): says which packets to drop when a queue stands instead of flows. A
 * pure calculator; one thread at a time.
 *
 * <pre>
 *            waited below TARGET, or nearly empty
 *        +------------------------------------------+
 *        v                                          |
 *   [ flowing ] -- above TARGET for INTERVAL --> [ dropping ] --+
 *                                                   ^           | one more after INTERVAL / sqrt(count)
 *                                                   +-----------+
 * </pre>
 */
final class CoDel {

    /** RFC 8289 section 4.3: a standing delay of 5 ms is what a full link needs at the most. */
    static final long TARGET = Duration.ofMillis(5).toNanos();

    /** RFC 8289 section 4.4: the worst round-trip time that is usual on the internet. */
    static final long INTERVAL = Duration.ofMillis(100).toNanos();

    /**
     * How recently a drop phase must have ended for the next to take up its rate; RFC 8289 section
     * 5.6.
     */
    private static final long RECENT = 16 * INTERVAL;

    private long firstAbove;
    private boolean above;
    private boolean dropping;
    private long dropNext;
    private int count;
    private int lastCount;

    /**
     * Decides on the packet that leaves the queue now.
     *
     * @param waited nanoseconds that it stood in the queue
     * @param nearlyEmpty true if less than one packet stands behind it
     * @param now nanoseconds on the clock that measured {@code waited}
     */
    boolean drops(long waited, boolean nearlyEmpty, long now) {
        boolean standing = standing(waited, nearlyEmpty, now);
        if (dropping) {
            dropping = standing;
            if (standing && now - dropNext >= 0) {
                count++;
                dropNext += gap();
                return true;
            }
            return false;
        }
        if (!standing) {
            return false;
        }
        dropping = true;
        int before = count - lastCount;
        count = before > 1 && now - dropNext < RECENT ? before : 1;
        lastCount = count;
        dropNext = now + gap();
        return true;
    }

    private boolean standing(long waited, boolean nearlyEmpty, long now) {
        if (waited < TARGET || nearlyEmpty) {
            above = false;
            return false;
        }
        if (!above) {
            above = true;
            firstAbove = now + INTERVAL;
            return false;
        }
        return now - firstAbove >= 0;
    }

    private long gap() {
        return (long) (INTERVAL / Math.sqrt(count));
    }
}

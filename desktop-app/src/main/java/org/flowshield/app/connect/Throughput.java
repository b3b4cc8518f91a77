package org.flowshield.app.connect;

import java.time.Duration;
import java.time.Instant;
import org.flowshield.node.api.Traffic;
import org.jspecify.annotations.Nullable;

/**
 * The rates of the last minutes, from counters that the daemon tells about once a second. A ring:
 * the oldest make room. For one thread.
 */
final class Throughput {

    /** Five minutes at one a second: what fits on a chart, and can be drawn at once. */
    static final int MOST = 300;

    /** Counters that have not moved for so long have stopped. */
    private static final Duration STALE = Duration.ofMillis(2_500);

    private final double[] down = new double[MOST];
    private final double[] up = new double[MOST];
    private int first;
    private int size;
    private @Nullable Instant heardAt;
    private Traffic last = Traffic.NONE;
    private double downNow;
    private double upNow;

    /** What the daemon has counted so far. */
    void heard(Instant at, Traffic traffic) {
        Instant before = heardAt;
        if (traffic.equals(last) && before != null) {
            return;
        }
        boolean anew =
                before == null
                        || traffic.sentBytes() < last.sentBytes()
                        || traffic.receivedBytes() < last.receivedBytes();
        double seconds = anew ? 0 : Duration.between(before, at).toNanos() / 1e9;
        if (seconds > 0) {
            downNow = 8 * (traffic.receivedBytes() - last.receivedBytes()) / seconds;
            upNow = 8 * (traffic.sentBytes() - last.sentBytes()) / seconds;
        } else if (anew) {
            downNow = 0;
            upNow = 0;
        }
        last = traffic;
        heardAt = at;
    }

    /** A second is over. */
    void tick(Instant now) {
        if (heardAt == null || Duration.between(heardAt, now).compareTo(STALE) > 0) {
            downNow = 0;
            upNow = 0;
        }
        int at = (first + size) % MOST;
        down[at] = downNow;
        up[at] = upNow;
        if (size < MOST) {
            size++;
        } else {
            first = (first + 1) % MOST;
        }
    }

    /** Forgets everything: another session, or nobody has looked for a while. */
    void clear() {
        first = 0;
        size = 0;
        heardAt = null;
        last = Traffic.NONE;
        downNow = 0;
        upNow = 0;
    }

    /** How many seconds are known. */
    int size() {
        return size;
    }

    /**
     * Bits a second received.
     *
     * @param index 0: the oldest
     */
    double down(int index) {
        return down[(first + index) % MOST];
    }

    /** Bits a second sent; as {@link #down}. */
    double up(int index) {
        return up[(first + index) % MOST];
    }

    /** The present rate of what is received. */
    double downNow() {
        return downNow;
    }

    /** The present rate of what is sent. */
    double upNow() {
        return upNow;
    }

    /** The highest rate that is remembered. */
    double peak() {
        double peak = 0;
        for (int i = 0; i < size; i++) {
            peak = Math.max(peak, Math.max(down(i), up(i)));
        }
        return peak;
    }
}

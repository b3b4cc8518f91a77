package org.flowshield.node.payment.relay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * How many orders are carried: each costs gas before it pays. Guarded by itself.
 *
 * <p>A refused order counts, too: asking the chain about it costs something.
 */
final class RelayLimits {

    /** Each opens or fills a channel to us, so that there are not many more than sessions. */
    static final int PER_MINUTE = 30;

    /** Of nodes, whose wallets need not deal with us: fewer, so that they crowd nobody out. */
    static final int OF_NODES_PER_MINUTE = 6;

    /** Each waits for the chain, and holds a stream meanwhile. */
    static final int AT_A_TIME = 4;

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final int perMinute;
    private final LongSupplier nanoTime;
    private final Deque<Long> begun = new ArrayDeque<>();
    private int running;

    RelayLimits(int perMinute, LongSupplier nanoTime) {
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
    }

    /** Whether one more may begin; then {@link #end} has to follow. */
    synchronized boolean begin() {
        long now = nanoTime.getAsLong();
        while (!begun.isEmpty() && now - begun.getFirst() >= MINUTE) {
            begun.removeFirst();
        }
        if (running >= AT_A_TIME || begun.size() >= perMinute) {
            return false;
        }
        running++;
        begun.addLast(now);
        return true;
    }

    synchronized void end() {
        running--;
    }
}

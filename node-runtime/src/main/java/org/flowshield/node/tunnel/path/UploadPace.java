package org.flowshield.node.tunnel.path;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Keeps the rates of one session from its client to the device. Nothing is dropped: after what was
 * delivered a lane waits until that is earned before it reads its socket again, and TCP tells the
 * client. From the bucket of all sessions each draws turns of one size and uses them up, and waits
 * in the order of its drawing: as many bytes a round for each, however many lanes it has and
 * however much its socket holds. Any thread may call the methods.
 */
final class UploadPace {

    /** What a turn takes at the lowest rate of those that stand against it: 20 ms. */
    private static final long TURNS_PER_SECOND = 50;

    /** Some packets at least, or there would be more waiting than carrying. */
    private static final int LEAST_TURN = 4 * 1024;

    /** What one reading of a socket handles well. */
    private static final int MOST_TURN = 64 * 1024;

    /** What all sessions of a path have in common. */
    static final class Total {
        private final Rate rate;
        private final TokenBucket bucket;

        Total(Rate rate, long now) {
            this.rate = rate;
            bucket = new TokenBucket(rate, now);
        }

        private synchronized long take(long bytes, long now) {
            bucket.take(bytes, now);
            return bucket.untilReady(now);
        }
    }

    private final Total total;
    private final LongSupplier clock;

    /** Fair: each lane of the session gets its turn. Guards all below. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private final Condition changed = turn.newCondition();
    private final int size;
    private final TokenBucket own;

    /** What is left of this session's turn; below 0 if it took more. */
    private long drawn;

    private boolean waiting;
    private boolean closed;

    UploadPace(Rate rate, Total total, LongSupplier clock) {
        this.total = total;
        this.clock = clock;
        this.own = new TokenBucket(rate, clock.getAsLong());
        long lowest = Math.min(rate.bytesPerSecond(), total.rate.bytesPerSecond());
        this.size = Math.clamp(lowest / TURNS_PER_SECOND, LEAST_TURN, MOST_TURN);
    }

    /** Bytes of a turn: what a lane should read at a time. */
    int size() {
        return size;
    }

    /**
     * Charges what was delivered and waits until it is earned.
     *
     * @param beforeWait run if there is a wait
     */
    void await(long bytes, Runnable beforeWait) {
        turn.lock();
        try {
            while (waiting && !closed) {
                changed.await();
            }
            long now = clock.getAsLong();
            own.take(bytes, now);
            long left = Math.max(own.untilReady(now), draw(bytes, now));
            if (left == 0 || closed) {
                return;
            }
            beforeWait.run();
            waiting = true;
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
            waiting = false;
            changed.signalAll();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a path's threads", e);
        } finally {
            turn.unlock();
        }
    }

    /** Uses up what was drawn and draws as many turns as it takes; nanoseconds to wait for them. */
    private long draw(long bytes, long now) {
        drawn -= bytes;
        if (drawn >= 0) {
            return 0;
        }
        long turns = Math.ceilDiv(-drawn, size);
        drawn += turns * size;
        return total.take(turns * size, now);
    }

    /** Nobody waits any more. */
    void close() {
        turn.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            turn.unlock();
        }
    }
}

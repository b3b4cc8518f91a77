package org.flowshield.node.tunnel.queue;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Keeps the rates of one session from its client to the device. Nothing is dropped: after what was
 * delivered a lane waits for the session's next turn before it reads its socket again, and TCP
 * tells the client. {@link FairTurns} says whose turn it is: as many bytes for each session,
 * however many lanes it has, however much its socket holds and however late its threads wake. Any
 * thread may call the methods.
 */
public final class UploadPace {

    /** What a turn takes at the lowest rate of those that stand against it: 20 ms. */
    private static final long TURNS_PER_SECOND = 50;

    /** Some packets at least, or there would be more waiting than carrying. */
    private static final int LEAST_TURN = 4 * 1024;

    /** What one reading of a socket handles well. */
    private static final int MOST_TURN = 64 * 1024;

    /** What all sessions of a path have in common. */
    public static final class Total {
        private final Rate rate;

        /** Guards the turns, and all that is not final in the sessions. */
        private final ReentrantLock lock = new ReentrantLock();

        private final FairTurns<UploadPace> turns;

        /**
         * Nothing is spent yet.
         *
         * @param now nanoseconds on the clock of the sessions
         */
        public Total(Rate rate, long now) {
            this.rate = rate;
            turns = new FairTurns<>(rate, now);
        }

        /** The next in turn looks how long it has to wait. */
        private void wakeFirst(long now) {
            FairTurns<UploadPace>.Session first = turns.first(now);
            if (first != null) {
                first.owner().changed.signalAll();
            }
        }
    }

    private final Total total;
    private final LongSupplier clock;
    private final int size;
    private final Condition changed;
    private final FairTurns<UploadPace>.Session session;

    /** What is left of this session's turn; below 0 if it took more. */
    private long left;

    /** True while a lane asks for the session's next turn; the others wait for it. */
    private boolean asking;

    private boolean closed;

    /**
     * A session's.
     *
     * @param rate its own
     * @param clock monotonic, in nanoseconds
     */
    public UploadPace(Rate rate, Total total, LongSupplier clock) {
        this.total = total;
        this.clock = clock;
        this.changed = total.lock.newCondition();
        long lowest = Math.min(rate.bytesPerSecond(), total.rate.bytesPerSecond());
        this.size = Math.clamp(lowest / TURNS_PER_SECOND, LEAST_TURN, MOST_TURN);
        total.lock.lock();
        try {
            session = total.turns.new Session(this, rate, size, clock.getAsLong());
        } finally {
            total.lock.unlock();
        }
    }

    /** Bytes of a turn: what a lane should read at a time. */
    public int size() {
        return size;
    }

    /**
     * Charges what was delivered, and waits for the next turn if this one is used up.
     *
     * @param beforeWait run once if there is a wait
     */
    public void await(long bytes, Runnable beforeWait) {
        if (!ask(bytes)) {
            return;
        }
        beforeWait.run();
        total.lock.lock();
        try {
            long nanos = untilTurn();
            while (nanos > 0) {
                long _ = changed.awaitNanos(nanos); // or the one before us has had its turn
                nanos = untilTurn();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a path's threads", e);
        } finally {
            total.lock.unlock();
        }
    }

    /** True if it has to wait for what it asked for. */
    private boolean ask(long bytes) {
        total.lock.lock();
        try {
            while (asking && !closed) {
                changed.await();
            }
            left -= bytes;
            if (closed || left >= 0) {
                return false;
            }
            long asked = Math.ceilDiv(-left, size) * size;
            left += asked;
            asking = true;
            total.turns.ask(session, asked);
            return untilTurn() > 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a path's threads", e);
        } finally {
            total.lock.unlock();
        }
    }

    /** Takes its turn if it has come, and is 0 then or if nobody has to wait any more. */
    private long untilTurn() {
        if (closed) {
            return 0;
        }
        long now = clock.getAsLong();
        long nanos = total.turns.untilTurn(session, now);
        if (nanos == 0) {
            total.turns.serve(session, now);
            asking = false;
            changed.signalAll();
            total.wakeFirst(now);
        }
        return nanos;
    }

    /** Nobody waits any more. */
    public void close() {
        total.lock.lock();
        try {
            closed = true;
            total.turns.withdraw(session);
            changed.signalAll();
            total.wakeFirst(clock.getAsLong());
        } finally {
            total.lock.unlock();
        }
    }
}

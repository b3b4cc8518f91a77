package org.flowshield.node.tunnel.credit;

import java.nio.channels.AsynchronousCloseException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The gate through which the packets of a paying session go, in both directions and on all lanes:
 * bytes are reserved here before they pass, and counted when they have. At the limit whoever
 * carries packets cuts its batch, so that one packet of the session at the most goes beyond. Any
 * thread may call the methods; only {@link #awaitOpen} waits.
 */
public final class CreditGate implements PaidMeter, AutoCloseable {

    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong unsolicited = new AtomicLong();

    /** Guards changes of all below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition opened = lock.newCondition();

    /** Below every total; what was reserved can be taken off it without leaving the numbers. */
    private static final long CLOSED = -1;

    /** How much may be reserved; {@link #CLOSED} in the end. */
    private volatile long limit;

    private volatile boolean shut;
    private volatile long watched = Long.MAX_VALUE;
    private Runnable passed = () -> {};
    private Runnable blocked = () -> {};
    private boolean closed;

    /**
     * @param allowed as {@link #allow} does; 0 lets nothing pass
     */
    public CreditGate(long allowed) {
        limit = checked(allowed);
    }

    private static long checked(long total) {
        if (total < 0) {
            throw new IllegalArgumentException("a total of " + total + " bytes");
        }
        return total;
    }

    @Override
    public Metered metered() {
        return new Metered(sent.get(), received.get(), unsolicited.get());
    }

    @Override
    public void allow(long untilTotal) {
        checked(untilTotal);
        lock.lock();
        try {
            if (closed) {
                return;
            }
            limit = untilTotal;
            if (isOpen()) {
                shut = false;
                opened.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isOpen() {
        return reserved.get() < limit;
    }

    @Override
    public void watch(long total, Runnable toRun) {
        lock.lock();
        try {
            passed = toRun;
            watched = total;
        } finally {
            lock.unlock();
        }
        tellWatch();
    }

    @Override
    public void onBlocked(Runnable toRun) {
        boolean already;
        lock.lock();
        try {
            blocked = toRun;
            already = shut;
        } finally {
            lock.unlock();
        }
        if (already) {
            toRun.run();
        }
    }

    @Override
    public boolean blocked() {
        return shut;
    }

    // ---- for those that carry packets ----

    /** Reserves so many bytes if all of them are below the limit. */
    public boolean takeAll(long bytes) {
        long before;
        do {
            before = reserved.get();
            if (bytes > limit - before) {
                return bytes == 0;
            }
        } while (!reserved.compareAndSet(before, before + bytes));
        return true;
    }

    /**
     * Reserves the bytes of one packet if the limit is not reached, whatever its length; tells of
     * the block otherwise.
     */
    public boolean takeOne(long bytes) {
        long before;
        do {
            before = reserved.get();
            if (before >= limit) {
                return tellBlocked(bytes);
            }
        } while (!reserved.compareAndSet(before, before + bytes));
        return true;
    }

    /** Another has raised the limit meanwhile, or this is the first to find it reached, or not. */
    private boolean tellBlocked(long bytes) {
        Runnable toRun;
        lock.lock();
        try {
            if (isOpen()) {
                reserved.addAndGet(bytes);
                return true;
            }
            if (shut || closed) {
                return false;
            }
            shut = true;
            toRun = blocked;
        } finally {
            lock.unlock();
        }
        toRun.run();
        return false;
    }

    /** Counts what was reserved and is about to be given to a socket. */
    public void sent(long bytes) {
        sent.addAndGet(bytes);
        tellWatch();
    }

    /**
     * Takes back what was counted as sent: the socket broke before it had it. It stays reserved,
     * because a session ends with a lane that breaks.
     */
    public void notSent(long bytes) {
        sent.addAndGet(-bytes);
    }

    /** Counts what was reserved and came out of a lane. */
    public void received(long bytes) {
        received.addAndGet(bytes);
        tellWatch();
    }

    /** Counts what came without having been asked for, and needed no reservation. */
    public void unsolicited(long bytes) {
        unsolicited.addAndGet(bytes);
    }

    private boolean isWatchOver() {
        return sent.get() + received.get() >= watched;
    }

    private void tellWatch() {
        if (!isWatchOver()) {
            return;
        }
        Runnable toRun;
        lock.lock();
        try {
            if (!isWatchOver()) {
                return;
            }
            watched = Long.MAX_VALUE;
            toRun = passed;
        } finally {
            lock.unlock();
        }
        toRun.run();
    }

    /**
     * Waits until the limit is above what is reserved.
     *
     * @throws AsynchronousCloseException if this was closed
     */
    public void awaitOpen() throws AsynchronousCloseException {
        lock.lock();
        try {
            while (!closed && !isOpen()) {
                opened.awaitUninterruptibly();
            }
            if (closed) {
                throw new AsynchronousCloseException();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing passes any more, and nobody waits. Idempotent. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            shut = false;
            limit = CLOSED;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

package org.flowshield.libp2p.detached;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Buffers that are lent while there is work. The last given back is lent first, so that memory is
 * touched only as far as it was ever needed at once. Safe for use by any thread.
 *
 * @param <T> a buffer, or several that go together
 */
final class BufferPool<T> {

    private final Supplier<T> maker;
    private final int bytes;
    private final int lentLimit;
    private final int keepLimit;

    /** Guards all below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition returned = lock.newCondition();
    private final ArrayDeque<T> free = new ArrayDeque<>();
    private int lent;

    /**
     * Makes an empty pool.
     *
     * @param bytes of what the maker makes
     * @param lentLimit the most that are lent at a time; who wants one more waits
     * @param keepLimit the most that are kept for the next borrower
     */
    BufferPool(Supplier<T> maker, int bytes, int lentLimit, int keepLimit) {
        this.maker = maker;
        this.bytes = bytes;
        this.lentLimit = lentLimit;
        this.keepLimit = keepLimit;
    }

    /** Lends one; waits while all are lent. Never holding what another borrower waits for. */
    T borrow() {
        lock.lock();
        try {
            while (lent >= lentLimit) {
                returned.awaitUninterruptibly();
            }
            lent++;
            T kept = free.pollLast();
            if (kept != null) {
                return kept;
            }
        } finally {
            lock.unlock();
        }
        return make();
    }

    private T make() {
        try {
            return maker.get();
        } catch (OutOfMemoryError e) {
            forget();
            throw e;
        }
    }

    void giveBack(T buffer) {
        lock.lock();
        try {
            if (free.size() < keepLimit) {
                free.addLast(buffer);
            }
            lent--;
            returned.signal();
        } finally {
            lock.unlock();
        }
    }

    /** One that was lent does not come back: somebody may still look at it. */
    void forget() {
        lock.lock();
        try {
            lent--;
            returned.signal();
        } finally {
            lock.unlock();
        }
    }

    /** True while less than half may still be lent: nobody should keep one without work. */
    boolean isScarce() {
        lock.lock();
        try {
            return lent > lentLimit / 2;
        } finally {
            lock.unlock();
        }
    }

    long lentBytes() {
        lock.lock();
        try {
            return (long) lent * bytes;
        } finally {
            lock.unlock();
        }
    }
}

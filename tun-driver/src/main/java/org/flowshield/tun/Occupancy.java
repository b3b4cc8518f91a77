package org.flowshield.tun;

import java.nio.channels.AsynchronousCloseException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who is inside a device's calls. What the calls use is released once, after the device was closed
 * and the last caller has left: nobody touches a descriptor that is somebody else's by then. Any
 * thread.
 */
public final class Occupancy {

    /** In {@link #users}, above any number of threads. */
    private static final int CLOSED = 1 << 30;

    /** How many threads are inside a call, and whether the device was closed. */
    private final AtomicInteger users = new AtomicInteger();

    private final CountDownLatch released = new CountDownLatch(1);
    private final Runnable release;

    /**
     * @param release lets go of what the calls use; runs once, on whichever thread is the last
     */
    public Occupancy(Runnable release) {
        this.release = release;
    }

    /** Goes in; {@link #leave} must follow unless this throws. */
    public void enter() throws AsynchronousCloseException {
        // Once closed the number only falls, so that it passes CLOSED, and releases, only once.
        if (users.getAndUpdate(now -> now >= CLOSED ? now : now + 1) >= CLOSED) {
            throw new AsynchronousCloseException();
        }
    }

    /** Goes out. */
    public void leave() {
        if (users.decrementAndGet() == CLOSED) {
            try {
                release.run();
            } finally {
                released.countDown();
            }
        }
    }

    /** True from the first {@link #close} on. */
    public boolean isClosed() {
        return users.get() >= CLOSED;
    }

    /**
     * Lets nobody in any more and waits until all are out and everything is released. Idempotent.
     *
     * @param wake makes those who wait inside come out; runs once, before anything is released
     */
    public void close(Runnable wake) {
        // Counts as a user while it wakes, so that the bell is not taken down under its hand.
        int before = users.getAndUpdate(now -> now >= CLOSED ? now : now + CLOSED + 1);
        if (before < CLOSED) {
            try {
                wake.run();
            } finally {
                leave();
            }
        }
        awaitRelease();
    }

    private void awaitRelease() {
        boolean interrupted = false;
        while (true) {
            try {
                released.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

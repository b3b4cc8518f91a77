package org.flowshield.node.tunnel.queue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.flowshield.libp2p.detached.DetachedStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rates of a provider from its device to its clients; a path without rates has none. What
 * is below all rates goes on at once, on the thread of the device's reader. What is above waits in
 * {@link FairQueues} and is sent by one thread of this object. Any thread may call the methods.
 */
public final class Shaper implements AutoCloseable {

    /** Where a session's frames go when their time has come. */
    @FunctionalInterface
    public interface Destination {

        /** Consumes the whole frames between position and limit; one thread at a time. */
        void send(ByteBuffer frames);
    }

    private final Rate session;
    private final int mtu;
    private final LongSupplier clock;

    /** Guards all below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final FairQueues<Destination> queues;

    /** True while the thread sends what it took: nothing may overtake it. */
    private boolean sending;

    private boolean closed;

    /**
     * Prepares it; {@link #run} is a thread's.
     *
     * @param session for each session
     * @param total for all together
     * @param backlogs makes what waits of one session
     * @param clock monotonic, in nanoseconds
     */
    public Shaper(
            Rate session, Rate total, int mtu, Supplier<Backlog> backlogs, LongSupplier clock) {
        this.session = session;
        this.mtu = mtu;
        this.clock = clock;
        this.queues = new FairQueues<>(total, backlogs, clock.getAsLong());
    }

    /** A queue for one session. */
    public FairQueues<Destination>.Queue open(Destination destination) {
        return queues.new Queue(destination, session, clock.getAsLong());
    }

    /** The session is over. */
    public void close(FairQueues<Destination>.Queue queue) {
        lock.lock();
        try {
            queues.close(queue);
        } finally {
            lock.unlock();
        }
    }

    /** Frames of the session that were dropped here. */
    public long dropped(FairQueues<Destination>.Queue queue) {
        lock.lock();
        try {
            return queue.dropped();
        } finally {
            lock.unlock();
        }
    }

    /** Sends whole frames now, or lets them wait; consumes them. The device reader's thread. */
    public void send(FairQueues<Destination>.Queue queue, ByteBuffer frames) {
        lock.lock();
        try {
            long now = clock.getAsLong();
            if (sending || !queues.passes(queue, frames.remaining(), now)) {
                queues.add(queue, frames, now);
                changed.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        queue.owner().send(frames);
    }

    /** Sends what waits, until this is closed. */
    public void run() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            ByteBuffer batch =
                    arena.allocate(DetachedStream.HEADROOM + DetachedStream.MAX_SEND)
                            .asByteBuffer();
            while (true) {
                FairQueues<Destination>.Queue queue = take(batch);
                if (queue == null) {
                    return;
                }
                queue.owner().send(batch.flip().position(DetachedStream.HEADROOM));
            }
        }
    }

    /** Waits for somebody's turn; null when this was closed. */
    private FairQueues<Destination>.@Nullable Queue take(ByteBuffer batch) {
        lock.lock();
        try {
            sending = false;
            while (!closed) {
                long now = clock.getAsLong();
                batch.clear().position(DetachedStream.HEADROOM);
                FairQueues<Destination>.Queue queue = queues.next(batch, mtu, now);
                if (queue != null) {
                    sending = true;
                    return queue;
                }
                long nanos = queues.isEmpty() ? Long.MAX_VALUE : queues.untilNext(now);
                long _ = changed.awaitNanos(nanos); // or something comes, or this is closed
            }
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a path's threads", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

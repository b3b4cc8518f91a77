package org.flowshield.node.tunnel.path;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.flowshield.libp2p.detached.DetachedStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rates of a provider from its device to its clients; a path without rates has none. What
 * is below all rates goes on at once, on the thread of the device's reader. What is above waits in
 * {@link FairQueues} and is sent by one thread of this object. Any thread may call the methods.
 */
final class Shaper implements AutoCloseable {

    private final PathLimits limits;
    private final int mtu;
    private final LongSupplier clock;

    /** Guards all below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final FairQueues<SessionPath> queues;

    /** True while the thread sends what it took: nothing may overtake it. */
    private boolean sending;

    private boolean closed;

    Shaper(PathLimits limits, int mtu, BacklogMemory memory, LongSupplier clock) {
        this.limits = limits;
        this.mtu = mtu;
        this.clock = clock;
        this.queues = new FairQueues<>(limits.total(), memory, clock.getAsLong());
    }

    FairQueues<SessionPath>.Queue open(SessionPath session) {
        return queues.new Queue(session, limits.session(), clock.getAsLong());
    }

    void close(FairQueues<SessionPath>.Queue queue) {
        lock.lock();
        try {
            queues.close(queue);
        } finally {
            lock.unlock();
        }
    }

    long dropped(FairQueues<SessionPath>.Queue queue) {
        lock.lock();
        try {
            return queue.dropped();
        } finally {
            lock.unlock();
        }
    }

    /** Sends whole frames now, or lets them wait; consumes them. The device reader's thread. */
    void send(FairQueues<SessionPath>.Queue queue, ByteBuffer frames) {
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
    void run() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            ByteBuffer batch =
                    arena.allocate(DetachedStream.HEADROOM + DetachedStream.MAX_SEND)
                            .asByteBuffer();
            while (true) {
                FairQueues<SessionPath>.Queue queue = take(batch);
                if (queue == null) {
                    return;
                }
                queue.owner().send(batch.flip().position(DetachedStream.HEADROOM));
            }
        }
    }

    /** Waits for somebody's turn; null when this was closed. */
    private FairQueues<SessionPath>.@Nullable Queue take(ByteBuffer batch) {
        lock.lock();
        try {
            sending = false;
            while (!closed) {
                long now = clock.getAsLong();
                batch.clear().position(DetachedStream.HEADROOM);
                FairQueues<SessionPath>.Queue queue = queues.next(batch, mtu, now);
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

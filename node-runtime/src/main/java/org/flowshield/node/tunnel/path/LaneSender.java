package org.flowshield.node.tunnel.path;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.tun.Frame;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of a lane. As long as its socket has room, the thread that read the device also
 * seals and writes: no hand-over. When the socket is full that thread never waits: frames go to a
 * bounded backlog, and a thread of the lane sends them on, until the backlog is empty and the short
 * way is open again.
 *
 * <p>Any thread may send.
 */
final class LaneSender implements AutoCloseable {

    private final DetachedStream stream;
    private final LaneKind kind;
    private final int mtu;
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder sentPackets = new LongAdder();

    /** Guards all below, and the stream's sending side while {@link #jammed} is false. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private @Nullable Backlog backlog;
    private @Nullable Thread relief;

    /** True while the relief thread has the stream's sending side. */
    private boolean jammed;

    private boolean closed;

    LaneSender(DetachedStream stream, LaneKind kind, int mtu) {
        this.stream = stream;
        this.kind = kind;
        this.mtu = mtu;
    }

    /**
     * Sends the whole frames between position and limit, or lets them wait, or drops them by the
     * rule of the lane's kind; consumes them in any case. The bytes before the position are
     * overwritten: {@link DetachedStream#HEADROOM}.
     */
    void send(ByteBuffer frames, int packets) throws IOException {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (jammed) {
                openBacklog().add(frames, System.nanoTime());
                return;
            }
            count(packets, frames.remaining());
            if (!stream.send(frames, false)) {
                jammed = true;
                startRelief();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void count(int packets, int frameBytes) {
        sentPackets.add(packets);
        sentBytes.add(frameBytes - (long) packets * Frame.HEADER);
    }

    private Backlog openBacklog() {
        Backlog open = backlog;
        if (open == null) {
            open = kind.newBacklog();
            backlog = open;
        }
        return open;
    }

    private void startRelief() {
        if (relief == null) {
            relief = Thread.ofPlatform().daemon().name("lane-relief").start(this::relieve);
        }
    }

    private void relieve() {
        ByteBuffer batch =
                ByteBuffer.allocateDirect(DetachedStream.HEADROOM + DetachedStream.MAX_SEND)
                        .order(ByteOrder.BIG_ENDIAN);
        try {
            while (awaitJam()) {
                stream.flush(true);
                while (fill(batch)) {
                    stream.send(batch, true);
                }
            }
        } catch (IOException e) {
            // The receiving side of the same socket ends too, and tells why; here is nothing left
            // to send.
            close();
        }
    }

    private boolean awaitJam() {
        lock.lock();
        try {
            while (!jammed && !closed) {
                changed.awaitUninterruptibly();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Fills the batch from the backlog; if that is empty, gives the short way back and returns
     * false.
     */
    private boolean fill(ByteBuffer batch) {
        lock.lock();
        try {
            batch.clear().position(DetachedStream.HEADROOM);
            int packets = backlog == null ? 0 : backlog.take(batch, mtu, System.nanoTime());
            batch.flip().position(DetachedStream.HEADROOM);
            if (packets == 0 || closed) {
                jammed = false;
                return false;
            }
            count(packets, batch.remaining());
            return true;
        } finally {
            lock.unlock();
        }
    }

    long sentBytes() {
        return sentBytes.sum();
    }

    long sentPackets() {
        return sentPackets.sum();
    }

    long dropped() {
        lock.lock();
        try {
            return backlog == null ? 0 : backlog.dropped();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        stream.close();
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

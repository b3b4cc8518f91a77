package org.flowshield.node.tunnel.path;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
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
    private final IntSupplier patience;
    private final LongSupplier clock;
    private final Consumer<PathEnd> onEnd;
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

    /**
     * Takes over the sending side of a stream.
     *
     * @param patience milliseconds that a sender may wait for a full socket before it leaves the
     *     rest to the lane's own thread
     * @param clock monotonic, in nanoseconds
     * @param onEnd told by the lane's own thread that and why it can't go on
     */
    LaneSender(
            DetachedStream stream,
            LaneKind kind,
            int mtu,
            IntSupplier patience,
            LongSupplier clock,
            Consumer<PathEnd> onEnd) {
        this.stream = stream;
        this.kind = kind;
        this.mtu = mtu;
        this.patience = patience;
        this.clock = clock;
        this.onEnd = onEnd;
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
                frames.position(frames.limit());
                return;
            }
            if (jammed) {
                openBacklog().add(frames, clock.getAsLong());
                return;
            }
            count(packets, frames.remaining());
            if (!stream.send(frames, false) && !waitALittle()) {
                jammed = true;
                startRelief();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Most jams end at once; waiting for that is cheaper than a hand-over, and loses nothing. */
    private boolean waitALittle() throws IOException {
        int millis = patience.getAsInt();
        if (millis == 0) {
            return false;
        }
        stream.awaitRoom(millis);
        return stream.flush(false);
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
            relief =
                    Thread.ofPlatform()
                            .daemon()
                            .name("lane-relief")
                            .start(() -> PathEnds.run(this::relieve, onEnd));
        }
    }

    private void relieve() throws IOException {
        ByteBuffer batch =
                ByteBuffer.allocateDirect(DetachedStream.HEADROOM + DetachedStream.MAX_SEND)
                        .order(ByteOrder.BIG_ENDIAN);
        while (awaitJam()) {
            stream.flush(true);
            while (fill(batch)) {
                stream.send(batch, true);
            }
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
            int packets = backlog == null ? 0 : backlog.take(batch, mtu, clock.getAsLong());
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

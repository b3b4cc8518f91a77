package org.flowshield.node.tunnel.path;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.node.tunnel.credit.CreditGate;
import org.flowshield.node.tunnel.queue.Backlog;
import org.flowshield.node.tunnel.queue.BacklogMemory;
import org.flowshield.tun.Frame;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of a lane. As long as its socket has room, the thread that read the device also
 * seals and writes: no hand-over. When the socket is full that thread never waits: frames go to a
 * bounded backlog, and a thread of the lane sends them on, until the backlog is empty and the short
 * way is open again. A session without credit is treated as one whose socket is full. A lane that
 * is not jammed holds no memory and, a moment later, no thread.
 *
 * <p>What is sent is counted before the socket has it, so that whoever has seen a packet finds it
 * counted; a batch that a broken socket did not take is taken back. After that the lane takes
 * nothing more.
 *
 * <p>Any thread may send.
 */
final class LaneSender implements AutoCloseable {

    /** What a jammed lane holds beside its backlog: sealed bytes, a batch and a stack. */
    static final long JAM_BYTES = 384 * 1024;

    /** How long a thread waits for the next jam: jams of a slow client come in quick succession. */
    private static final long RELIEF_STAYS = Duration.ofSeconds(1).toNanos();

    /** Instead of a number of packets. */
    private static final int NO_JAM = -1;

    private final DetachedStream stream;
    private final LaneKind kind;
    private final int mtu;
    private final BacklogMemory memory;

    /** Null if the session is free. */
    private final @Nullable CreditGate credit;

    private final Backlog.Toll toll;
    private final IntSupplier patience;
    private final LongSupplier clock;
    private final Consumer<PathEnd> onEnd;

    /** Guards all below, and the stream's sending side while {@link #jammed} is false. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private @Nullable Backlog backlog;
    private @Nullable Thread relief;

    /** True while the relief thread has the stream's sending side. */
    private boolean jammed;

    /**
     * True while the socket is full and there is no memory for a jam: what comes is dropped until
     * the socket takes the rest.
     */
    private boolean stuck;

    private long droppedWhileStuck;
    private long sentBytes;
    private long sentPackets;
    private boolean closed;

    /** True when the stream has failed: what it still holds stands in the way of all else. */
    private boolean broken;

    /**
     * Takes over the sending side of a stream.
     *
     * @param memory for the backlog
     * @param credit what may be sent; null if that is all
     * @param patience milliseconds that a sender may wait for a full socket before it leaves the
     *     rest to the lane's own thread
     * @param clock monotonic, in nanoseconds
     * @param onEnd told by the lane's own thread that and why it can't go on
     */
    LaneSender(
            DetachedStream stream,
            LaneKind kind,
            int mtu,
            BacklogMemory memory,
            @Nullable CreditGate credit,
            IntSupplier patience,
            LongSupplier clock,
            Consumer<PathEnd> onEnd) {
        this.stream = stream;
        this.kind = kind;
        this.mtu = mtu;
        this.memory = memory;
        this.credit = credit;
        this.toll =
                credit == null
                        ? Backlog.Toll.NONE
                        : bytes -> credit.takeOne(bytes - (long) Frame.HEADER);
        this.patience = patience;
        this.clock = clock;
        this.onEnd = onEnd;
    }

    /**
     * Sends the whole frames between position and limit, or lets them wait, or drops them by the
     * rule of the lane's kind; consumes them. The bytes before the position are overwritten: {@link
     * DetachedStream#HEADROOM}. A lane that is closed or broken forgets them.
     *
     * @throws IOException if the lane breaks now; the frames are in any state
     */
    void send(ByteBuffer frames, int packets) throws IOException {
        lock.lock();
        try {
            if (closed || broken) {
                frames.position(frames.limit());
                return;
            }
            if (jammed) {
                openBacklog().add(frames, clock.getAsLong());
                return;
            }
            if (stuck && !goesOn()) {
                droppedWhileStuck += packets;
                frames.position(frames.limit());
                return;
            }
            stuck = false;
            int limit = frames.limit();
            int passing = passing(frames, packets);
            if (passing > 0) {
                sendNow(frames, passing);
            }
            frames.limit(limit);
            if ((stuck || passing < packets) && memory.charge(JAM_BYTES)) {
                stuck = false;
                jammed = true;
                startRelief();
                changed.signalAll();
            }
            if (passing < packets) {
                keep(frames, packets - passing);
            }
        } finally {
            lock.unlock();
        }
    }

    private void sendNow(ByteBuffer frames, int packets) throws IOException {
        long bytes = payload(packets, frames.remaining());
        count(packets, bytes);
        try {
            stuck = !stream.send(frames, false) && !waitALittle();
        } catch (IOException e) {
            failed(packets, bytes);
            throw e;
        }
    }

    private boolean goesOn() throws IOException {
        try {
            return stream.flush(false);
        } catch (IOException e) {
            failed(0, 0);
            throw e;
        }
    }

    /** How many of the packets have credit; the limit is behind them then. */
    private int passing(ByteBuffer frames, int packets) {
        CreditGate gate = credit;
        if (gate == null || gate.takeAll(payload(packets, frames.remaining()))) {
            return packets;
        }
        int at = frames.position();
        for (int passing = 0; passing < packets; passing++) {
            int length = Frame.length(frames, at);
            if (!gate.takeOne(length)) {
                frames.limit(at);
                return passing;
            }
            at += Frame.HEADER + length;
        }
        return packets; // more was allowed meanwhile
    }

    /** What had no credit waits, as if the socket were full. */
    private void keep(ByteBuffer frames, int packets) {
        if (jammed) {
            openBacklog().add(frames, clock.getAsLong());
        } else {
            droppedWhileStuck += packets;
            frames.position(frames.limit());
        }
    }

    private static long payload(int packets, int frameBytes) {
        return frameBytes - (long) packets * Frame.HEADER;
    }

    private void endJam() {
        jammed = false;
        memory.discharge(JAM_BYTES);
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

    private void count(int packets, long bytes) {
        sentPackets += packets;
        sentBytes += bytes;
        if (credit != null) {
            credit.sent(bytes);
        }
    }

    /** Takes back what was counted and is not with the socket; nothing more goes there. */
    private void failed(int packets, long bytes) {
        broken = true;
        sentPackets -= packets;
        sentBytes -= bytes;
        if (credit != null) {
            credit.notSent(bytes);
        }
    }

    private Backlog openBacklog() {
        Backlog open = backlog;
        if (open == null) {
            open = kind.newBacklog(memory);
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
                            .start(() -> PathEnds.run(this::relieve, this::reliefEnded));
        }
    }

    private void relieve() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            ByteBuffer batch =
                    arena.allocate(DetachedStream.HEADROOM + DetachedStream.MAX_SEND)
                            .asByteBuffer();
            while (awaitJam()) {
                empty(batch);
            }
        }
    }

    private void empty(ByteBuffer batch) throws IOException {
        int packets = 0;
        long bytes = 0;
        try {
            stream.flush(true);
            while ((packets = fill(batch)) >= 0) {
                bytes = payload(packets, batch.remaining());
                if (packets > 0) {
                    stream.send(batch, true);
                } else if (credit != null) {
                    credit.awaitOpen();
                }
            }
        } catch (IOException e) {
            lock.lock();
            try {
                failed(packets, bytes);
            } finally {
                lock.unlock();
            }
            throw e;
        }
    }

    /** A thread that was not needed for a while, or of a lane that was closed, ends quietly. */
    private void reliefEnded(PathEnd why) {
        if (why.reason() != PathEnd.Reason.CLOSED) {
            onEnd.accept(why);
        }
    }

    private boolean awaitJam() {
        lock.lock();
        try {
            long left = RELIEF_STAYS;
            while (!jammed && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (!jammed || closed) {
                relief = null;
                return false;
            }
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a path's threads", e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Fills the batch from the backlog, with nothing if there is no credit; if the backlog is
     * empty, gives the short way back.
     *
     * @return how many packets; {@link #NO_JAM} if there is nothing more to do
     */
    private int fill(ByteBuffer batch) {
        lock.lock();
        try {
            if (closed) {
                return NO_JAM;
            }
            batch.clear().position(DetachedStream.HEADROOM);
            int packets = backlog == null ? 0 : backlog.take(batch, mtu, clock.getAsLong(), toll);
            batch.flip().position(DetachedStream.HEADROOM);
            if (backlog == null || (packets == 0 && backlog.isEmpty())) {
                endJam();
                return NO_JAM;
            }
            count(packets, payload(packets, batch.remaining()));
            return packets;
        } finally {
            lock.unlock();
        }
    }

    long sentBytes() {
        lock.lock();
        try {
            return sentBytes;
        } finally {
            lock.unlock();
        }
    }

    long sentPackets() {
        lock.lock();
        try {
            return sentPackets;
        } finally {
            lock.unlock();
        }
    }

    long dropped() {
        lock.lock();
        try {
            return droppedWhileStuck + (backlog == null ? 0 : backlog.dropped());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        stream.close();
        lock.lock();
        try {
            if (!closed && jammed) {
                endJam();
            }
            closed = true;
            if (backlog != null) {
                backlog.clear();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

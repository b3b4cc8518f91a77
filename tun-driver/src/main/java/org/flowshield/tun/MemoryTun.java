package org.flowshield.tun;

import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A device in memory, one of two whose far ends are each other: what one is written, the other
 * reads. It checks frames as a real device does, and cuts super-packets for an end that does not
 * take them. For tests and load generators; needs no right.
 *
 * <p>One thread reads, any number write.
 */
public final class MemoryTun implements Tun {

    /** What happens to a packet that finds the other end's queue full. */
    public enum Overflow {
        /** It is dropped and counted, as by a real device. */
        DROP,
        /** The writer waits: nothing is lost. */
        WAIT
    }

    /** Two devices joined. */
    public record Pair(MemoryTun left, MemoryTun right) implements AutoCloseable {
        @Override
        public void close() {
            left.close();
            right.close();
        }
    }

    /** Room for two of the longest frames, so that a writer never waits for an empty queue. */
    public static final int MIN_QUEUE = 2 * Frame.MAX;

    private final String name;
    private final int mtu;
    private final Offloads offloads;
    private final Overflow overflow;
    private final Drops drops = new Drops();

    /** Guards {@link #segmenter}, which may be in the midst of a packet while its writer waits. */
    private final ReentrantLock writing = new ReentrantLock();

    private final Segmenter segmenter;

    /** Guards {@link #queue}, which the other end fills. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();

    /** Whole frames, from index 0 to the position. */
    private final ByteBuffer queue;

    private volatile boolean closed;

    private MemoryTun peer = this;

    private MemoryTun(
            String name, int mtu, Offloads offloads, Offloads far, Overflow overflow, int bytes) {
        this.name = name;
        this.mtu = mtu;
        this.offloads = offloads;
        this.overflow = overflow;
        queue = ByteBuffer.allocateDirect(bytes);
        segmenter = new Segmenter(mtu, offloads, far, drops);
    }

    /**
     * Makes two devices.
     *
     * @param left what the one gives and takes
     * @param right what the other gives and takes
     * @param queueBytes how much waits for each reader, at least {@link #MIN_QUEUE}
     */
    public static Pair pair(
            int mtu, Offloads left, Offloads right, Overflow overflow, int queueBytes) {
        if (queueBytes < MIN_QUEUE) {
            throw new IllegalArgumentException("a queue has at least " + MIN_QUEUE + " bytes");
        }
        MemoryTun one = new MemoryTun("memory0", mtu, left, right, overflow, queueBytes);
        MemoryTun other = new MemoryTun("memory1", mtu, right, left, overflow, queueBytes);
        one.peer = other;
        other.peer = one;
        return new Pair(one, other);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public Offloads offloads() {
        return offloads;
    }

    @Override
    public Drops drops() {
        return drops;
    }

    /** There is nothing to poll. */
    @Override
    public int descriptor() {
        return -1;
    }

    @Override
    public int read(ByteBuffer batch, boolean block) throws AsynchronousCloseException {
        if (batch.remaining() < Frame.MAX) {
            throw new IllegalArgumentException("no room for a frame of " + Frame.MAX + " bytes");
        }
        lock.lock();
        try {
            while (!closed && block && queue.position() == 0) {
                changed.awaitUninterruptibly();
            }
            if (closed) {
                throw new AsynchronousCloseException();
            }
            int packets = take(batch);
            changed.signalAll();
            return packets;
        } finally {
            lock.unlock();
        }
    }

    private int take(ByteBuffer batch) {
        queue.flip();
        int packets = 0;
        while (queue.hasRemaining() && batch.remaining() >= Frame.MAX) {
            int whole = Frame.HEADER + Frame.length(queue, queue.position());
            batch.put(batch.position(), queue, queue.position(), whole);
            batch.position(batch.position() + whole);
            queue.position(queue.position() + whole);
            packets++;
        }
        queue.compact();
        return packets;
    }

    @Override
    public int write(ByteBuffer batch) throws AsynchronousCloseException, MalformedFrameException {
        writing.lock();
        peer.lock.lock();
        try {
            int packets = 0;
            while (true) {
                if (closed) {
                    throw new AsynchronousCloseException();
                }
                switch (segmenter.adaptNext(batch, peer.queue)) {
                    case MOVED -> packets++;
                    case DROPPED -> {}
                    case NO_ROOM -> overflow(batch);
                    case NO_FRAME -> {
                        return packets;
                    }
                }
            }
        } finally {
            peer.changed.signalAll();
            peer.lock.unlock();
            writing.unlock();
        }
    }

    private void overflow(ByteBuffer batch) throws MalformedFrameException {
        if (overflow == Overflow.WAIT) {
            peer.changed.signalAll();
            int room = peer.queue.remaining();
            while (peer.queue.remaining() == room && !closed && !peer.closed) {
                peer.changed.awaitUninterruptibly();
            }
            if (!peer.closed) {
                return;
            }
        }
        drops.add(Drops.Reason.NO_ROOM);
        segmenter.skip(batch, Frame.wholePacketLength(batch));
    }

    @Override
    public void close() {
        closed = true;
        wake();
        peer.wake();
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

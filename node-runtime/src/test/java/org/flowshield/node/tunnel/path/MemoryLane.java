package org.flowshield.node.tunnel.path;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.flowshield.libp2p.detached.DetachedStream;
import org.jspecify.annotations.Nullable;

/**
 * One end of a lane in memory. A bounded pipe each way stands for the socket; when it is full a
 * send leaves the rest for later, as the port says. Bytes come out in pieces of random size at
 * random places, and whoever breaks the port's rules gets an exception.
 */
final class MemoryLane implements DetachedStream {

    /** Both ends; the capacity is that of each pipe. */
    record Pair(MemoryLane left, MemoryLane right) implements AutoCloseable {
        @Override
        public void close() {
            left.close();
            right.close();
        }
    }

    /** What an end writes over the headroom, so that nobody relies on those bytes. */
    private static final byte GARBAGE = (byte) 0xa5;

    private static final int VIEW_BYTES = 2 * MAX_WANTED;

    /** Guards all pipes and flags of both ends. */
    private final ReentrantLock lock;

    private final Condition changed;
    private final Random random;
    private final ByteBuffer inbound;
    private final ByteBuffer held = ByteBuffer.allocateDirect(VIEW_BYTES);
    private final ByteBuffer view = held.duplicate().limit(0);
    private volatile Runnable whileWaiting = () -> {};
    private final ByteBuffer sealed = ByteBuffer.allocateDirect(MAX_SEND).limit(0);
    private final AtomicBoolean sending = new AtomicBoolean();
    private MemoryLane peer = this;
    private int end;
    private int most = Integer.MAX_VALUE;
    private boolean closed;
    private boolean inputEnded;
    private @Nullable String broken;
    private @Nullable Thread lastSender;
    private int sends;
    private boolean senderWaits;

    private MemoryLane(ReentrantLock lock, Condition changed, int capacity, long seed) {
        this.lock = lock;
        this.changed = changed;
        this.random = new Random(seed);
        inbound = ByteBuffer.allocate(capacity);
    }

    static Pair pair(int capacity) {
        return pair(capacity, 1);
    }

    static Pair pair(int capacity, long seed) {
        ReentrantLock lock = new ReentrantLock();
        Condition changed = lock.newCondition();
        MemoryLane left = new MemoryLane(lock, changed, capacity, seed);
        MemoryLane right = new MemoryLane(lock, changed, capacity, ~seed);
        left.peer = right;
        right.peer = left;
        return new Pair(left, right);
    }

    /** The thread that sent last. */
    @Nullable Thread lastSender() {
        lock.lock();
        try {
            return lastSender;
        } finally {
            lock.unlock();
        }
    }

    /** How often something was sent. */
    int sends() {
        lock.lock();
        try {
            return sends;
        } finally {
            lock.unlock();
        }
    }

    /** True while a sender waits for room. */
    boolean isSenderWaiting() {
        lock.lock();
        try {
            return senderWaits;
        } finally {
            lock.unlock();
        }
    }

    /** The lane breaks as if the peer had been switched off: both ends' calls fail. */
    void breakDown(String why) {
        lock.lock();
        try {
            broken = why;
            peer.broken = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** True after {@link #close}. */
    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** The peer gets these bytes, whatever they are; there must be room. */
    void feedPeer(byte[] bytes) {
        lock.lock();
        try {
            peer.inbound.put(bytes);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int descriptor() {
        return -1;
    }

    @Override
    public @Nullable ByteBuffer receive(int wanted, boolean block) throws IOException {
        if (wanted > MAX_WANTED) {
            throw new IllegalArgumentException(wanted + " bytes at once are too many");
        }
        lock.lock();
        try {
            int start = moveToFront(view.position());
            while (end - start < wanted) {
                checkUsable();
                if (inbound.position() > 0) {
                    take(start);
                } else if (inputEnded) {
                    throw new EOFException();
                } else if (block) {
                    changed.awaitUninterruptibly();
                } else {
                    view.position(start).limit(end);
                    return null;
                }
            }
            checkUsable();
            view.limit(end).position(start);
            return view;
        } finally {
            lock.unlock();
        }
    }

    private int moveToFront(int start) {
        if (VIEW_BYTES - start >= MAX_WANTED && random.nextInt(4) != 0) {
            return start;
        }
        int to = random.nextInt(5);
        held.put(to, held, start, end - start);
        end = to + end - start;
        // The view still says what is consumed if nothing more can be given now.
        view.clear().limit(end).position(to);
        return to;
    }

    private void take(int start) {
        int wish = random.nextInt(3) == 0 ? 1 + random.nextInt(40) : 1 + random.nextInt(100_000);
        int count = Math.min(Math.min(Math.min(most, wish), inbound.position()), VIEW_BYTES - end);
        inbound.flip();
        held.put(end, inbound, 0, count);
        inbound.position(count);
        inbound.compact();
        end += count;
        view.clear().limit(end).position(start);
        changed.signalAll();
    }

    @Override
    public boolean send(ByteBuffer source, boolean block) throws IOException {
        if (!source.isDirect()
                || source.order() != ByteOrder.BIG_ENDIAN
                || source.position() < HEADROOM
                || source.remaining() > MAX_SEND) {
            throw new IllegalArgumentException("not to be sent: " + source);
        }
        enterSending();
        lock.lock();
        try {
            if (sealed.hasRemaining()) {
                throw new IllegalStateException("flush what the last send left before the next");
            }
            checkUsable();
            for (int at = source.position() - HEADROOM; at < source.position(); at++) {
                source.put(at, GARBAGE);
            }
            sealed.clear().put(source).flip();
            lastSender = Thread.currentThread();
            sends++;
            return drain(block);
        } finally {
            lock.unlock();
            sending.set(false);
        }
    }

    @Override
    public boolean flush(boolean block) throws IOException {
        enterSending();
        lock.lock();
        try {
            return drain(block);
        } finally {
            lock.unlock();
            sending.set(false);
        }
    }

    /** Does what the test says happens meanwhile. */
    @Override
    public void awaitRoom(int millis) throws IOException {
        whileWaiting.run();
    }

    void whileWaiting(Runnable action) {
        whileWaiting = action;
    }

    /** The bytes stay where they are, but nobody may look at the last view any more. */
    @Override
    public void rest() {
        lock.lock();
        try {
            int start = moveToFront(view.position());
            view.limit(end).position(start);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void readAtMost(int bytes) {
        lock.lock();
        try {
            most = bytes;
        } finally {
            lock.unlock();
        }
    }

    private void enterSending() {
        if (!sending.compareAndSet(false, true)) {
            throw new IllegalStateException("two threads send at once");
        }
    }

    private boolean drain(boolean block) throws IOException {
        while (true) {
            checkUsable();
            if (peer.closed) {
                throw new IOException("connection reset by peer");
            }
            int count = Math.min(sealed.remaining(), peer.inbound.remaining());
            peer.inbound.put(peer.inbound.position(), sealed, sealed.position(), count);
            peer.inbound.position(peer.inbound.position() + count);
            sealed.position(sealed.position() + count);
            changed.signalAll();
            if (!sealed.hasRemaining() || !block) {
                return !sealed.hasRemaining();
            }
            senderWaits = true;
            changed.awaitUninterruptibly();
            senderWaits = false;
        }
    }

    private void checkUsable() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (broken != null) {
            throw new IOException(broken);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            peer.inputEnded = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

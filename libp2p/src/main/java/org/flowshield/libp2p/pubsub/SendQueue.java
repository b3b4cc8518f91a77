package org.flowshield.libp2p.pubsub;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.flowshield.libp2p.pubsub.wire.Message;
import org.flowshield.libp2p.pubsub.wire.Rpc;

/**
 * What is to be sent to one peer. Subscriptions, GRAFT and PRUNE go first and are never dropped: a
 * peer that does not even take those is given up. Of messages and gossip the newest gives way when
 * there is no more room: gossip brings it later. Any thread; only {@link #take} waits.
 */
final class SendQueue {

    /** RPCs of subscriptions, GRAFT and PRUNE: minutes of them. */
    static final int MAX_URGENT = 512;

    /** RPCs of messages and gossip (go-libp2p has 32, and no bound of bytes). */
    static final int MAX_OTHERS = 1_024;

    /** The bytes of those, about. */
    static final long MAX_BYTES = 4L * 1024 * 1024;

    /** What an id, or what surrounds a message, takes at most, about. */
    private static final int ID_BYTES = 64;

    private static final int MESSAGE_BYTES = 256;

    private record Sized(Rpc rpc, long bytes) {}

    /** Guards all below; held for a few instructions. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Deque<Rpc> urgent = new ArrayDeque<>();
    private final Deque<Sized> others = new ArrayDeque<>();
    private long bytes;
    private long dropped;
    private boolean busy;
    private boolean closed;

    /** False if the peer is to be given up. */
    boolean offer(Rpc rpc) {
        Rpc control =
                new Rpc(
                        rpc.subscriptions(),
                        List.of(),
                        List.of(),
                        List.of(),
                        rpc.graft(),
                        rpc.prune(),
                        List.of());
        Rpc rest =
                new Rpc(
                        List.of(),
                        rpc.messages(),
                        rpc.ihave(),
                        rpc.iwant(),
                        List.of(),
                        List.of(),
                        rpc.idontwant());
        lock.lock();
        try {
            if (closed) {
                return true;
            }
            if (!control.isEmpty()) {
                if (urgent.size() >= MAX_URGENT) {
                    return false;
                }
                urgent.add(control);
            }
            if (!rest.isEmpty()) {
                addOther(new Sized(rest, size(rest)));
            }
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void addOther(Sized other) {
        boolean full =
                others.size() >= MAX_OTHERS
                        || (bytes + other.bytes() > MAX_BYTES && !others.isEmpty());
        if (full) {
            dropped++;
            return;
        }
        others.add(other);
        bytes += other.bytes();
    }

    private static long size(Rpc rpc) {
        long size = 0;
        for (Message message : rpc.messages()) {
            size += message.payloadSize() + MESSAGE_BYTES;
        }
        long ids = rpc.iwant().size() + (long) rpc.idontwant().size();
        ids += rpc.ihave().stream().mapToLong(offer -> offer.ids().size()).sum();
        return size + ids * ID_BYTES;
    }

    /** Waits for something to send, and takes together what fits together; empty at the end. */
    Optional<Rpc> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            busy = false;
            changed.signalAll();
            while (urgent.isEmpty() && others.isEmpty() && !closed) {
                changed.await();
            }
            if (closed) {
                return Optional.empty();
            }
            Rpc.Builder together = new Rpc.Builder();
            while (!urgent.isEmpty()) {
                together.add(urgent.removeFirst());
            }
            long taken = 0;
            while (!others.isEmpty() && taken < Rpc.PREFERRED_BYTES / 2) {
                Sized other = others.removeFirst();
                bytes -= other.bytes();
                taken += other.bytes();
                together.add(other.rpc());
            }
            busy = true;
            return Optional.of(together.build());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all has been written, but not for longer than this. */
    void awaitSent(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (!closed && (busy || !urgent.isEmpty() || !others.isEmpty()) && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many RPCs of messages and gossip have been dropped. */
    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            urgent.clear();
            others.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

package org.flowshield.node.tunnel.queue;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The memory of all backlogs of one path, from one budget: chunks for what waits, and a charge for
 * what a jammed lane holds beside. When the budget is spent nobody waits: a backlog that gets no
 * chunk drops by its own rule, and a lane that can't be charged may not be jammed: it ends. Safe
 * for use by any thread.
 */
public final class BacklogMemory {

    /** Half of the longest frame: a backlog of a few packets stays small. */
    static final int CHUNK = 32 * 1024;

    /** 2 MiB for the next jam; what was needed beyond that goes back to the system. */
    private static final int KEPT = 64;

    /** Memory with an end of its own: what waits for a collector may wait for long. */
    private record Chunk(Arena arena, ByteBuffer bytes) {}

    private final long limit;

    /** Guards all below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final ArrayDeque<Chunk> free = new ArrayDeque<>();
    private long used;

    /**
     * A budget.
     *
     * @param limit in bytes
     */
    public BacklogMemory(long limit) {
        this.limit = limit;
    }

    /** True if so much was taken from the budget; it comes back by {@link #discharge}. */
    public boolean charge(long bytes) {
        lock.lock();
        try {
            if (used + bytes > limit) {
                return false;
            }
            used += bytes;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back what was charged. */
    public void discharge(long bytes) {
        lock.lock();
        try {
            used -= bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of the budget that are spent. */
    public long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Chunk borrow() {
        if (!charge(CHUNK)) {
            return null;
        }
        lock.lock();
        try {
            Chunk kept = free.pollLast();
            if (kept != null) {
                return kept;
            }
        } finally {
            lock.unlock();
        }
        Arena arena = Arena.ofShared();
        return new Chunk(arena, arena.allocate(CHUNK).asByteBuffer());
    }

    private void giveBack(Chunk chunk) {
        boolean kept;
        lock.lock();
        try {
            used -= CHUNK;
            kept = free.size() < KEPT;
            if (kept) {
                free.addLast(chunk);
            }
        } finally {
            lock.unlock();
        }
        if (!kept) {
            chunk.arena.close();
        }
    }

    /** Bytes that leave in the order in which they came. Guarded by its owner's lock. */
    final class ByteQueue {

        private final ArrayDeque<Chunk> held = new ArrayDeque<>();

        /** For the next {@link #put}. */
        private final ArrayDeque<Chunk> reserved = new ArrayDeque<>();

        /** Where the bytes begin in the first chunk. */
        private int head;

        /** Where they end in the last. */
        private int tail;

        /** Makes sure that so many bytes can be put; false if the budget is spent. */
        boolean reserve(int length) {
            int room = held.isEmpty() ? 0 : CHUNK - tail;
            while (room + reserved.size() * CHUNK < length) {
                Chunk chunk = borrow();
                if (chunk == null) {
                    giveAllBack(reserved);
                    return false;
                }
                reserved.addLast(chunk);
            }
            return true;
        }

        /** Adds bytes for which there is room. */
        void put(ByteBuffer from, int at, int length) {
            int done = 0;
            while (done < length) {
                if (held.isEmpty() || tail == CHUNK) {
                    held.addLast(reserved.removeFirst());
                    tail = 0;
                }
                int part = Math.min(length - done, CHUNK - tail);
                held.getLast().bytes.put(tail, from, at + done, part);
                tail += part;
                done += part;
            }
        }

        /** Moves the first bytes to index {@code at} of a buffer. */
        void take(ByteBuffer to, int at, int length) {
            int done = 0;
            while (done < length) {
                int part = Math.min(length - done, CHUNK - head);
                to.put(at + done, held.getFirst().bytes, head, part);
                skip(part);
                done += part;
            }
        }

        /** Forgets the first bytes. */
        void skip(int length) {
            int left = length;
            while (left > 0) {
                int part = Math.min(left, CHUNK - head);
                head += part;
                left -= part;
                if (head == CHUNK || (held.size() == 1 && head == tail)) {
                    giveBack(held.removeFirst());
                    head = 0;
                }
            }
        }

        void clear() {
            giveAllBack(held);
            giveAllBack(reserved);
            head = 0;
        }

        private void giveAllBack(ArrayDeque<Chunk> chunks) {
            while (!chunks.isEmpty()) {
                giveBack(chunks.removeLast());
            }
        }
    }
}

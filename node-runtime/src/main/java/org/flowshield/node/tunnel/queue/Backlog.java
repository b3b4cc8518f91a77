package org.flowshield.node.tunnel.queue;

import java.nio.ByteBuffer;
import org.flowshield.tun.Frame;

/**
 * The frames that wait for a lane whose socket is full, each behind its length and the time at
 * which it came, one after another over chunks of memory. Its bound is its capacity, and the memory
 * of all backlogs together; CoDel keeps it short before that. It holds no memory while it is empty.
 * Guarded by its owner's lock.
 */
public final class Backlog {

    /** What happens to a frame for which there is no room. */
    public enum Overflow {
        /** The newest goes: a TCP flow learns of the jam from one loss at the end of its burst. */
        DROP_NEWEST,
        /** The oldest go: a late datagram is worth less than a fresh one. */
        DROP_OLDEST
    }

    /** Says which frames may leave now. */
    @FunctionalInterface
    public interface Toll {

        /** All may. */
        Toll NONE = _ -> true;

        /**
         * Asked about each frame when its turn has come, again and again until it may leave.
         *
         * @param bytes with its header
         */
        boolean admits(int bytes);
    }

    /** Before each frame: its arrival and its length. */
    private static final int ENTRY = Long.BYTES + Integer.BYTES;

    private final int capacity;
    private final int frameLimit;
    private final Overflow overflow;
    private final BacklogMemory.ByteQueue queue;
    private final CoDel codel = new CoDel();
    private final ByteBuffer entry = ByteBuffer.allocate(ENTRY);

    /** Of the first frame, whose entry has left the queue. */
    private long firstArrival;

    private int firstLength;
    private int frames;
    private int bytes;
    private long dropped;

    /**
     * Makes an empty one.
     *
     * @param capacity in bytes, at least {@link Frame#MAX}
     * @param frameLimit the most frames
     */
    public Backlog(int capacity, int frameLimit, Overflow overflow, BacklogMemory memory) {
        if (capacity < Frame.MAX || frameLimit < 1) {
            throw new IllegalArgumentException("a backlog holds at least one frame");
        }
        this.capacity = capacity;
        this.frameLimit = frameLimit;
        this.overflow = overflow;
        this.queue = memory.new ByteQueue();
    }

    public boolean isEmpty() {
        return frames == 0;
    }

    /** Frames dropped since the beginning. */
    public long dropped() {
        return dropped;
    }

    /** Takes over the frames between position and limit, all of them whole, and consumes them. */
    public void add(ByteBuffer batch, long now) {
        while (batch.hasRemaining()) {
            int length = Frame.HEADER + Frame.length(batch, batch.position());
            if (makeRoom(length)) {
                put(batch, length, now);
            } else {
                dropped++;
            }
            batch.position(batch.position() + length);
        }
    }

    private boolean makeRoom(int length) {
        while (!fits(length) || !queue.reserve(ENTRY + length)) {
            if (overflow == Overflow.DROP_NEWEST || frames == 0) {
                return false;
            }
            removeFirst();
            dropped++;
        }
        return true;
    }

    private boolean fits(int length) {
        return frames < frameLimit && bytes + length <= capacity;
    }

    private void put(ByteBuffer batch, int length, long now) {
        queue.put(entry.putLong(0, now).putInt(Long.BYTES, length), 0, ENTRY);
        queue.put(batch, batch.position(), length);
        frames++;
        bytes += length;
        if (frames == 1) {
            readEntry();
        }
    }

    private void readEntry() {
        queue.take(entry, 0, ENTRY);
        firstArrival = entry.getLong(0);
        firstLength = entry.getInt(Long.BYTES);
    }

    /**
     * Moves the oldest frames to {@code batch} as far as they fit, without those that CoDel drops.
     *
     * @return how many
     */
    public int take(ByteBuffer batch, int mtu, long now) {
        return take(batch, mtu, now, Toll.NONE);
    }

    /** The same, until one may not leave. */
    public int take(ByteBuffer batch, int mtu, long now, Toll toll) {
        int taken = 0;
        while (frames > 0 && firstLength <= batch.remaining()) {
            if (codel.drops(now - firstArrival, bytes - firstLength < mtu, now)) {
                dropped++;
                removeFirst();
            } else if (!toll.admits(firstLength)) {
                break;
            } else {
                queue.take(batch, batch.position(), firstLength);
                batch.position(batch.position() + firstLength);
                firstIsGone();
                taken++;
            }
        }
        return taken;
    }

    private void removeFirst() {
        queue.skip(firstLength);
        firstIsGone();
    }

    private void firstIsGone() {
        frames--;
        bytes -= firstLength;
        firstLength = 0;
        if (frames > 0) {
            readEntry();
        }
    }

    /** Drops all that waits; it is not counted, because nobody will send any more. */
    public void clear() {
        queue.clear();
        frames = 0;
        bytes = 0;
        firstLength = 0;
    }
}

package org.flowshield.node.tunnel.path;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.flowshield.tun.Frame;

/**
 * The frames that wait for a lane whose socket is full: a ring of bytes with the time at which each
 * came. Its bound is its capacity; CoDel keeps it short before that. Guarded by its owner's lock.
 */
final class Backlog {

    /** What happens to a frame for which there is no room. */
    enum Overflow {
        /** The newest goes: a TCP flow learns of the jam from one loss at the end of its burst. */
        DROP_NEWEST,
        /** The oldest go: a late datagram is worth less than a fresh one. */
        DROP_OLDEST
    }

    private final ByteBuffer ring;
    private final long[] arrivals;
    private final int[] lengths;
    private final Overflow overflow;
    private final CoDel codel = new CoDel();
    private int firstFrame;
    private int frames;
    private int firstByte;
    private int bytes;
    private long dropped;

    /**
     * Makes an empty one.
     *
     * @param capacity in bytes, at least {@link Frame#MAX}
     * @param frameLimit the most frames
     */
    Backlog(int capacity, int frameLimit, Overflow overflow) {
        if (capacity < Frame.MAX || frameLimit < 1) {
            throw new IllegalArgumentException("a backlog holds at least one frame");
        }
        ring = ByteBuffer.allocateDirect(capacity).order(ByteOrder.BIG_ENDIAN);
        arrivals = new long[frameLimit];
        lengths = new int[frameLimit];
        this.overflow = overflow;
    }

    boolean isEmpty() {
        return frames == 0;
    }

    /** Frames dropped since the beginning. */
    long dropped() {
        return dropped;
    }

    /**
     * Takes over the whole frames between position and limit, all of them whole, and consumes them.
     */
    void add(ByteBuffer batch, long now) {
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
        while (!fits(length)) {
            if (overflow == Overflow.DROP_NEWEST) {
                return false;
            }
            removeFirst();
            dropped++;
        }
        return true;
    }

    private boolean fits(int length) {
        return frames < lengths.length && bytes + length <= ring.capacity();
    }

    private void put(ByteBuffer batch, int length, long now) {
        int to = (firstByte + bytes) % ring.capacity();
        int head = Math.min(length, ring.capacity() - to);
        ring.put(to, batch, batch.position(), head);
        ring.put(0, batch, batch.position() + head, length - head);
        int slot = (firstFrame + frames) % lengths.length;
        lengths[slot] = length;
        arrivals[slot] = now;
        frames++;
        bytes += length;
    }

    /**
     * Moves the oldest frames to {@code batch} as far as they fit, without those that CoDel drops.
     *
     * @return how many
     */
    int take(ByteBuffer batch, int mtu, long now) {
        int taken = 0;
        while (frames > 0 && lengths[firstFrame] <= batch.remaining()) {
            int length = lengths[firstFrame];
            if (codel.drops(now - arrivals[firstFrame], bytes - length < mtu, now)) {
                dropped++;
            } else {
                int head = Math.min(length, ring.capacity() - firstByte);
                batch.put(batch.position(), ring, firstByte, head);
                batch.put(batch.position() + head, ring, 0, length - head);
                batch.position(batch.position() + length);
                taken++;
            }
            removeFirst();
        }
        return taken;
    }

    private void removeFirst() {
        int length = lengths[firstFrame];
        firstByte = (firstByte + length) % ring.capacity();
        bytes -= length;
        firstFrame = (firstFrame + 1) % lengths.length;
        frames--;
    }
}

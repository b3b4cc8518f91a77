package org.flowshield.libp2p.yamux;

import java.util.function.IntUnaryOperator;

/**
 * How much a peer may send on one stream: decides when to grant more and when to grow. Pure and not
 * thread-safe.
 *
 * <p>Bytes are granted anew only when the application has consumed them, so that a slow reader
 * holds a fast sender back. The window doubles each time it is used up faster than in four round
 * trips, because then it, and not the path or the reader, is what limits the flow (as go-yamux does
 * it).
 */
final class ReceiveWindow {

    /** What each stream begins with (yamux spec). */
    static final int INITIAL = 256 * 1024;

    /** Enough for 1 Gb/s at 130 ms; the same as go-yamux. */
    static final int MAX = 16 * 1024 * 1024;

    /** A window used up faster than in so many round trips is too small. */
    private static final int GROWTH_ROUND_TRIPS = 4;

    private int size = INITIAL;
    private int open = INITIAL;
    private int unread;
    private long epochStart;

    ReceiveWindow(long now) {
        epochStart = now;
    }

    /** Accounts a frame's body. False if the peer was not allowed to send so much. */
    boolean receive(int bytes) {
        if (bytes > open) {
            return false;
        }
        open -= bytes;
        unread += bytes;
        return true;
    }

    /**
     * Accounts bytes consumed by the application.
     *
     * @param now nanoseconds of a monotonic clock
     * @param roundTrip nanoseconds, 0 if not known
     * @param grow asked when the window wants to grow, by how much; says how much it may
     * @return by how many bytes to enlarge the peer's window now; 0 for not yet
     */
    int consume(int bytes, long now, long roundTrip, IntUnaryOperator grow) {
        unread -= bytes;
        int grant = size - unread - open;
        if (grant < size / 2) {
            return 0;
        }
        if (roundTrip > 0 && now - epochStart < GROWTH_ROUND_TRIPS * roundTrip) {
            int wanted = Math.min(size, MAX - size);
            int growth = wanted == 0 ? 0 : grow.applyAsInt(wanted);
            size += growth;
            grant += growth;
        }
        epochStart = now;
        open += grant;
        return grant;
    }

    int size() {
        return size;
    }

    /** By how much it is larger than at the beginning. */
    int growth() {
        return size - INITIAL;
    }

    /** What the peer may still send. */
    int open() {
        return open;
    }
}

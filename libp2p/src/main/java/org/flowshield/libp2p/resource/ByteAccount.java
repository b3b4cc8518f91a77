package org.flowshield.libp2p.resource;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that one connection makes the host hold. Its first {@value #GRAIN} bytes are free, so that
 * a connection with little traffic lives on when others have used up the host's whole budget;
 * beyond, the host's budget is charged in grains of that size, so that connections seldom meet on
 * it. Any thread.
 *
 * <p>Asking and adding are two steps: several threads can overshoot by what each adds once.
 */
final class ByteAccount {

    static final int GRAIN = 64 * 1024;

    private final Gauge host;
    private final long bound;
    private final AtomicLong used = new AtomicLong();

    /**
     * @param host of all connections
     * @param bound of this one
     */
    ByteAccount(Gauge host, long bound) {
        this.host = host;
        this.bound = bound;
    }

    /** Whether this connection's own bound allows so much more. */
    boolean withinOwnBound(int bytes) {
        return used.get() + bytes <= Math.max(bound, GRAIN);
    }

    /** Whether the host's budget allows so much more. */
    boolean withinHostBound(int bytes) {
        return used.get() + bytes <= GRAIN || !host.isFull();
    }

    /** Accounts bytes, or with less than 0 gives them back. */
    void add(long bytes) {
        long after = used.addAndGet(bytes);
        long charge = charged(after) - charged(after - bytes);
        if (charge != 0) {
            host.add(charge);
        }
    }

    private static long charged(long bytes) {
        return bytes <= GRAIN ? 0 : Math.ceilDiv(bytes, GRAIN) * (long) GRAIN;
    }

    long used() {
        return used.get();
    }
}

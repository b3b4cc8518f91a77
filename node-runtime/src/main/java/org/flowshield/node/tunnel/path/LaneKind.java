package org.flowshield.node.tunnel.path;

import org.flowshield.node.tunnel.queue.Backlog;
import org.flowshield.node.tunnel.queue.BacklogMemory;

/** What a lane carries, and how it treats what it can't send at once. */
enum LaneKind {
    /** TCP flows. 2 MiB are 160 ms at 100 Mbit/s: CoDel acts long before. */
    BULK(2 * 1024 * 1024, 4096, Backlog.Overflow.DROP_NEWEST),
    /** Everything else. 1 MiB are 40 ms at 200 Mbit/s: a moment in which the peer did not read. */
    DATAGRAM(1024 * 1024, 4096, Backlog.Overflow.DROP_OLDEST);

    /**
     * Milliseconds; a fast path's socket drains in less, and UDP does not suffer from so little.
     */
    private static final int PATIENCE = 2;

    private final int capacity;
    private final int frameLimit;
    private final Backlog.Overflow overflow;

    LaneKind(int capacity, int frameLimit, Backlog.Overflow overflow) {
        this.capacity = capacity;
        this.frameLimit = frameLimit;
        this.overflow = overflow;
    }

    /** How long a sender waits for a full socket: a stale datagram is not worth any. */
    int patience() {
        return this == BULK ? PATIENCE : 0;
    }

    /** Of a backlog, in bytes. */
    int capacity() {
        return capacity;
    }

    Backlog newBacklog(BacklogMemory memory) {
        return new Backlog(capacity, frameLimit, overflow, memory);
    }
}

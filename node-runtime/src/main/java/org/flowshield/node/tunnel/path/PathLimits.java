package org.flowshield.node.tunnel.path;

import org.flowshield.node.tunnel.queue.Rate;

/**
 * What a provider's path may give and hold. Immutable.
 *
 * @param session for each session, in each direction
 * @param total for all sessions together, in each direction; shared fairly between those that want
 *     more than there is
 * @param backlogBytes for all that waits for clients that read too slowly
 */
public record PathLimits(Rate session, Rate total, long backlogBytes) {

    /**
     * 128 MiB: what 50 clients that read nothing can make us hold, or 300 that read as fast as
     * their links, whose backlogs CoDel keeps at 5 ms.
     */
    public static final long BACKLOG_BYTES = 128L << 20;

    /** No rates, and the usual memory. */
    public static final PathLimits DEFAULT =
            new PathLimits(Rate.UNLIMITED, Rate.UNLIMITED, BACKLOG_BYTES);

    public PathLimits {
        if (backlogBytes < LaneSender.JAM_BYTES + LaneKind.BULK.capacity()) {
            throw new IllegalArgumentException(
                    "the memory for backlogs must do for one lane, not " + backlogBytes);
        }
    }

    /** The same with these rates. */
    public PathLimits withRates(Rate forSession, Rate forAll) {
        return new PathLimits(forSession, forAll, backlogBytes);
    }

    /** The same with so much memory. */
    public PathLimits withBacklogBytes(long bytes) {
        return new PathLimits(session, total, bytes);
    }

    boolean hasRates() {
        return session.isLimited() || total.isLimited();
    }
}

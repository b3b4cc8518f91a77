package org.flowshield.node.tunnel.path;

/**
 * Why a path carries nothing any more. Immutable.
 *
 * @param detail a sentence for people
 */
public record PathEnd(Reason reason, String detail) {

    /** What ended it. */
    public enum Reason {
        /** We closed it. */
        CLOSED,
        /** The peer closed a lane, or it broke. */
        LANE_ENDED,
        /** The TUN device failed or was removed. */
        DEVICE_FAILED,
        /** The peer sent what can't be read. */
        MALFORMED,
        /** A fault in this program. */
        INTERNAL
    }
}

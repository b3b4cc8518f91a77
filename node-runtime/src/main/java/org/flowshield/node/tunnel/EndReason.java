package org.flowshield.node.tunnel;

/** Why a session ended. */
public enum EndReason {
    /** This side was asked to. */
    STOPPED,
    /** The peer said goodbye. */
    PEER_SAID_BYE,
    /** Nothing came from the peer for too long. */
    PEER_SILENT,
    /** The control stream broke. */
    CONTROL_LOST,
    /** A lane could not be made. */
    LANE_REFUSED,
    /** A lane broke. */
    LANE_LOST,
    /** Not all lanes came in time. */
    LANES_MISSING,
    /** The provider did not grant the session. */
    REFUSED,
    /** The peer broke the protocol. */
    PROTOCOL_VIOLATION,
    /** It is not paid for any more, or can't be. */
    PAYMENT,
    /** The device or the path between it and the lanes broke. */
    PATH_FAILED
}

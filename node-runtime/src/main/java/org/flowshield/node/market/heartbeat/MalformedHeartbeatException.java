package org.flowshield.node.market.heartbeat;

/** Bytes that claim to be a heartbeat are none. */
public final class MalformedHeartbeatException extends Exception {

    /** What is wrong. */
    public enum Reason {
        TOO_LONG,
        /** Not in an envelope, of another kind, or not signed by its signer. */
        ENVELOPE,
        /** Signed by a key of another kind than nodes have. */
        KEY,
        NOT_PROTOBUF,
        HASH_LENGTH,
        OUT_OF_RANGE
    }

    private final Reason reason;

    MalformedHeartbeatException(Reason reason) {
        super("malformed heartbeat: " + reason);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

package org.flowshield.node.tunnel.control;

/** A control message that breaks the protocol: the peer is broken or hostile and is cut off. */
public final class MalformedControlException extends Exception {

    /** What is wrong. */
    public enum Reason {
        LENGTH_ABOVE_LIMIT,
        LENGTH_NOT_MINIMAL,
        TRUNCATED,
        NOT_PROTOBUF,
        EMPTY,
        VERSION_ZERO,
        LANES_OUT_OF_RANGE,
        LANE_OUT_OF_RANGE,
        OFFLOADS_WITHOUT_CHECKSUM,
        TOKEN_LENGTH,
        ADDRESS_LENGTH,
        ADDRESS_OUT_OF_RANGE,
        ADDRESS_MISSING,
        GATEWAY_MISSING,
        TOO_MANY_RESOLVERS,
        MTU_OUT_OF_RANGE,
        TEXT_TOO_LONG,
        COUNTER_OUT_OF_RANGE,
        OFFER_HASH_LENGTH
    }

    private final Reason reason;

    public MalformedControlException(Reason reason) {
        super("malformed control message: " + reason);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

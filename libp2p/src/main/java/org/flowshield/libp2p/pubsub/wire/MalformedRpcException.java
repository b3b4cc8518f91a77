package org.flowshield.libp2p.pubsub.wire;

/** What a peer sent is no RPC of pubsub. */
public final class MalformedRpcException extends Exception {

    /** What is wrong. */
    public enum Reason {
        TOO_LONG,
        /** No protobuf of the expected shape. */
        BAD_ENCODING,
        BAD_TOPIC
    }

    private final Reason reason;

    public MalformedRpcException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

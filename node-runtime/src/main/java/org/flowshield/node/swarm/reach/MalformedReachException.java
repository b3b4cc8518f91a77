package org.flowshield.node.swarm.reach;

/** What a peer said about reachability can't be meant. */
public final class MalformedReachException extends Exception {

    /** What is wrong. */
    public enum Reason {
        TOO_LONG,
        TRUNCATED,
        NOT_PROTOBUF,
        /** None, or too many. */
        COUNT,
        /** One of the addresses is none. */
        ADDRESS,
        /** An outcome that nobody knows. */
        OUTCOME
    }

    private final Reason reason;

    MalformedReachException(Reason reason) {
        super("malformed message about reachability: " + reason);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

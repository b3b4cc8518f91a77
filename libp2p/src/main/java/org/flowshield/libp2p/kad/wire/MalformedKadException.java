package org.flowshield.libp2p.kad.wire;

/** A Kademlia message is not what the specification says, or not within bounds. */
public final class MalformedKadException extends Exception {

    /** What is wrong. */
    public enum Reason {
        /** A message, key or value over its bound. */
        TOO_LONG,
        /** No protobuf of the expected shape. */
        BAD_ENCODING,
        /** A kind of message that nobody has defined. */
        UNKNOWN_TYPE,
        /** Empty, or not of the kind that the message needs. */
        BAD_KEY,
        /** Missing where there must be one, or of another key than the message's. */
        BAD_RECORD,
        /** An answer to another question. */
        WRONG_ANSWER
    }

    private final Reason reason;

    public MalformedKadException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

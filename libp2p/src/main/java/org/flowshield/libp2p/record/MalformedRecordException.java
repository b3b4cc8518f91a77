package org.flowshield.libp2p.record;

/** Bytes that claim to be a signed envelope or the record in it are not to be believed. */
public final class MalformedRecordException extends Exception {

    /** What is wrong. */
    public enum Reason {
        TOO_LONG,
        /** No protobuf of the expected shape. */
        BAD_ENCODING,
        BAD_KEY,
        BAD_SIGNATURE,
        /** Signed, but as another type of record. */
        WRONG_TYPE,
        BAD_PEER_ID,
        /** Signed by another peer than it speaks of. */
        FOREIGN
    }

    private final Reason reason;

    public MalformedRecordException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

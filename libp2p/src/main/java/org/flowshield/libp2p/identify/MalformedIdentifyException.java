package org.flowshield.libp2p.identify;

/** What a peer says about itself is not to be believed. */
public final class MalformedIdentifyException extends Exception {

    /** What is wrong. */
    public enum Reason {
        /** A message over the bound, or too many of them. */
        TOO_LONG,
        /** No protobuf of the expected shape. */
        BAD_ENCODING,
        /** No public key, or not that of the peer's id. */
        BAD_KEY,
        /** A peer record that is malformed, forged or another peer's. */
        BAD_RECORD
    }

    private final Reason reason;

    public MalformedIdentifyException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

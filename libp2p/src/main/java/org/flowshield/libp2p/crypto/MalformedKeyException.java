package org.flowshield.libp2p.crypto;

/** Bytes that claim to be a key are none, or are one that we refuse. */
public final class MalformedKeyException extends Exception {

    /** What is wrong. */
    public enum Reason {
        /** Not the deterministic protobuf of the peer-id specification. */
        BAD_ENCODING,
        UNKNOWN_TYPE,
        BAD_LENGTH,
        /** Well framed, but no point of the curve or no DER. */
        NOT_A_KEY,
        /** A real key outside the sizes, exponents or curves that we accept. */
        OUT_OF_BOUNDS,
        /** The public half is not that of the private half. */
        HALVES_DIFFER
    }

    private final Reason reason;

    public MalformedKeyException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

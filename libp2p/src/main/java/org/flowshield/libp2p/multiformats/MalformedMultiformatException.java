package org.flowshield.libp2p.multiformats;

/** A peer's or a person's input is not a well-formed uvarint, multibase text or multihash. */
public final class MalformedMultiformatException extends Exception {

    /** What is wrong. */
    public enum Reason {
        EMPTY,
        TRUNCATED,
        TOO_LONG,
        NOT_MINIMAL,
        UNKNOWN_BASE,
        BAD_CHARACTER,
        NOT_CANONICAL,
        TRAILING_BYTES
    }

    private final Reason reason;

    public MalformedMultiformatException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

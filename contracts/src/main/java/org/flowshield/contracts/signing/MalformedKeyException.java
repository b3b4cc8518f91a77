package org.flowshield.contracts.signing;

/** Bytes that claim to be a private key are none. The message never shows them. */
public final class MalformedKeyException extends Exception {

    /** What is wrong. */
    public enum Reason {
        LENGTH,
        /** 0, or not below the order of the curve. */
        OUT_OF_RANGE
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

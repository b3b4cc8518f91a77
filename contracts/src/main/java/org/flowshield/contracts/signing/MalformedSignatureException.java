package org.flowshield.contracts.signing;

/** Bytes that claim to be a signature are none. */
public final class MalformedSignatureException extends Exception {

    /** What is wrong. */
    public enum Reason {
        LENGTH,
        /** The last byte is neither 27 nor 28. */
        RECOVERY_BYTE,
        /** R or S is 0 or not below the order of the curve. */
        OUT_OF_RANGE,
        /** The other of the two forms that each signature has: refused, as the contracts do. */
        HIGH_S,
        /** No key can have made it. */
        NO_KEY
    }

    private final Reason reason;

    public MalformedSignatureException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

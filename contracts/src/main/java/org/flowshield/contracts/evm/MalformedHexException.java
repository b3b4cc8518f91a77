package org.flowshield.contracts.evm;

/** Text that claims to be a hash or an id is none. */
public final class MalformedHexException extends Exception {

    /** What is wrong. */
    public enum Reason {
        LENGTH,
        NOT_HEX
    }

    private final Reason reason;

    public MalformedHexException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

package org.flowshield.contracts.evm;

/** Text that claims to be an amount is none. */
public final class MalformedAmountException extends Exception {

    /** What is wrong. */
    public enum Reason {
        NOT_A_NUMBER,
        NEGATIVE,
        /** Smaller parts than the coin has. */
        TOO_MANY_DECIMALS,
        /** More than can exist. */
        TOO_LARGE
    }

    private final Reason reason;

    public MalformedAmountException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

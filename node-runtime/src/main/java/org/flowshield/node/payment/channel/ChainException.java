package org.flowshield.node.payment.channel;

/** The chain did not do, or not say, what was asked of it. */
public final class ChainException extends Exception {

    /** Why. */
    public enum Reason {
        /** Nobody answered, or nobody who can be believed: nothing is known. */
        UNREACHABLE,
        /** It would not do it, and nothing was changed. */
        REJECTED,
        /** It may still happen: look again before it is asked for anew. */
        UNKNOWN
    }

    private final Reason reason;

    public ChainException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public ChainException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

package org.flowshield.node.wallet.signing;

import java.util.Objects;

/** Something that a wallet does not sign, since it can't tell what it would do. */
public final class MalformedRequestException extends Exception {

    /** What is wrong. */
    public enum Reason {
        /** A field is missing, unknown, or has a value that makes no sense. */
        FIELD,
        /** A function of a contract whose meaning is not known here. */
        UNKNOWN_CALL,
        /** A function that is known, with arguments that are not the only way to write them. */
        ARGUMENTS,
        /** A transaction that makes a contract, or pays and calls at once. */
        UNSUPPORTED
    }

    private final Reason reason;

    public MalformedRequestException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Never null: every reason has its message. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

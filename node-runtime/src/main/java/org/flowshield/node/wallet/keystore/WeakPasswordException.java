package org.flowshield.node.wallet.keystore;

import java.util.Objects;

/** A password that guessing would find; says what is missing. */
public final class WeakPasswordException extends Exception {

    /** What is wrong. */
    public enum Reason {
        TOO_SHORT,
        TOO_LONG,
        /** A few characters again and again. */
        TOO_UNIFORM,
        /** It is among those that are tried first. */
        WELL_KNOWN,
        /** A control character, such as the end of a line, which no prompt lets through. */
        CONTROL_CHARACTER
    }

    private final Reason reason;

    WeakPasswordException(Reason reason) {
        super(
                switch (reason) {
                    case TOO_SHORT ->
                            "the password has fewer than " + Password.MIN_LENGTH + " characters";
                    case TOO_LONG ->
                            "the password has more than " + Password.MAX_LENGTH + " characters";
                    case TOO_UNIFORM ->
                            "the password has fewer than "
                                    + Password.MIN_DISTINCT
                                    + " different characters";
                    case WELL_KNOWN -> "the password is one of those that are tried first";
                    case CONTROL_CHARACTER -> "the password has a control character in it";
                });
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

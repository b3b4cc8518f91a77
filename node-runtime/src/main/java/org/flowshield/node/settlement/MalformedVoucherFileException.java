package org.flowshield.node.settlement;

import java.util.Objects;

/** A file is not a copy of a voucher. */
public final class MalformedVoucherFileException extends Exception {

    /** Why not. */
    public enum Reason {
        TOO_LARGE,
        NOT_JSON,
        OTHER_FORMAT,
        MISSING_FIELD,
        BAD_FIELD,
        /** It is of another channel, or signed by somebody else. */
        NOT_SIGNED
    }

    private final Reason reason;

    MalformedVoucherFileException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Never null: each has its message. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

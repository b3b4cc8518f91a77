package org.flowshield.node.wallet.keystore;

import java.util.Objects;

/** Bytes that are no keystore that this program opens; says what is wrong with them. */
public final class MalformedKeystoreException extends Exception {

    /** What is wrong. */
    public enum Reason {
        /** More bytes than any keystore has. */
        TOO_LARGE,
        NOT_JSON,
        /** Another version than 3, or another kind of file. */
        VERSION,
        /** Another cipher than AES-128 in counter mode. */
        CIPHER,
        /** A key derivation that is not known here. */
        KDF,
        /** One that would take minutes, or more memory than machines have, or has no meaning. */
        KDF_PARAMETERS,
        FIELD_MISSING,
        FIELD_INVALID,
        /** What was encrypted is no key, or that of another address than the file says. */
        CONTENT
    }

    private final Reason reason;

    MalformedKeystoreException(Reason reason, String message) {
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

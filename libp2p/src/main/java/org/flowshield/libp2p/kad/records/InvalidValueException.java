package org.flowshield.libp2p.kad.records;

/** A value that must not be kept under its key. */
public final class InvalidValueException extends Exception {

    /** Why not. */
    public enum Reason {
        /** The key is not of the form {@code /namespace/...}. */
        NO_NAMESPACE,
        /** Nobody here can tell a good value of the namespace from a bad one. */
        UNKNOWN_NAMESPACE,
        /** The key is not one of its namespace. */
        BAD_KEY,
        /** The value is not one of the key. */
        BAD_VALUE,
        /** A better value is known. */
        WORSE
    }

    private final Reason reason;

    public InvalidValueException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

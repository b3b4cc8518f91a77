package org.flowshield.node.identity;

/** A peer is not, or not known to be, who it says it is; nothing is done with it. */
public final class RefusedIdentityException extends Exception {

    /** Why. */
    public enum Reason {
        /** It showed nothing, or did not in time. */
        SILENT,
        MALFORMED,
        UNBOUND,
        REVOKED,
        /** Its wallet lets it be something else. */
        OTHER_ROLE,
        /** It may be honest: nobody who is to be believed says how it stands. */
        UNKNOWN
    }

    private final Reason reason;

    RefusedIdentityException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    RefusedIdentityException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

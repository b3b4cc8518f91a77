package org.flowshield.node.ledger;

/**
 * The ledger can't do what it was asked to, and nothing was acknowledged: no service may be given
 * and no voucher sent on the strength of the failed call. The message says what happened, the
 * action what helps.
 */
public final class LedgerException extends Exception {

    /** Why. */
    public enum Reason {
        /** Another process has it open. */
        IN_USE,
        /** It was written by a newer version of the program. */
        NEWER_SCHEMA,
        /** Its files can't be opened or made by this user. */
        NO_PERMISSION,
        /** The file system does not let itself be written to. */
        READ_ONLY,
        /** Nothing more fits on the disk; calls succeed again when there is space. */
        DISK_FULL,
        /** The disk failed to write or to flush: what it holds is known after a restart only. */
        DISK_FAILED,
        /** A file turned out to be damaged while in use. */
        DAMAGED,
        /** It was closed. */
        CLOSED
    }

    private final Reason reason;
    private final String action;

    public LedgerException(Reason reason, String message, String action, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.action = action;
    }

    public LedgerException(Reason reason, String message, String action) {
        super(message);
        this.reason = reason;
        this.action = action;
    }

    public Reason reason() {
        return reason;
    }

    /** What it is called among problems: a full disk is mended otherwise than a broken one. */
    public String code() {
        return reason == Reason.DISK_FULL ? "disk_full" : "ledger_failed";
    }

    /** What a person can do about it. */
    public String action() {
        return action;
    }
}

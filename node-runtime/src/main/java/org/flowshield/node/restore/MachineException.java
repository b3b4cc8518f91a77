package org.flowshield.node.restore;

import java.io.IOException;

/** The machine could not be asked or changed; the message says what was tried and what it said. */
public final class MachineException extends IOException {

    /** Why, as far as it matters to who wants to go on. */
    public enum Reason {
        /** The program is not installed. */
        NOT_INSTALLED,
        /** It ran and failed. */
        FAILED,
        /** It did not end in time and was killed. */
        TIMEOUT,
        /** The thread was interrupted while it ran. */
        INTERRUPTED
    }

    private final Reason reason;

    public MachineException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public MachineException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

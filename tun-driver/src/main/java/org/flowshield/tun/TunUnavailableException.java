package org.flowshield.tun;

import java.io.IOException;

/** A device can't be made or set up. Nothing of it is left; the message says what to do. */
public final class TunUnavailableException extends IOException {

    /** Why. */
    public enum Reason {
        /** This process lacks the right. */
        NO_RIGHT,
        /** Another device has the name. */
        NAME_TAKEN,
        /** The system has no TUN driver, or it is not loaded. */
        NO_DRIVER,
        /** An address that the system refuses. */
        ADDRESS_REFUSED,
        /** There is no code for this operating system yet. */
        UNSUPPORTED_SYSTEM,
        /** Whatever else the system answered; the message has its words. */
        SYSTEM_ERROR
    }

    private final Reason reason;

    public TunUnavailableException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

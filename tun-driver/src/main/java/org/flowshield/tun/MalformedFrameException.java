package org.flowshield.tun;

/**
 * A batch whose frames can't be told apart: the source is broken or hostile and must be cut off.
 */
public final class MalformedFrameException extends Exception {

    /** What is wrong. */
    public enum Reason {
        LENGTH_ZERO,
        LENGTH_ABOVE_LIMIT
    }

    private final Reason reason;

    public MalformedFrameException(Reason reason) {
        super("malformed frame: " + reason);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

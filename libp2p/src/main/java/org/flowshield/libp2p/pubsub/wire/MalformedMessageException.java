package org.flowshield.libp2p.pubsub.wire;

/** A message that is not signed as {@link StrictSign} asks for. */
public final class MalformedMessageException extends Exception {

    /** What is wrong. */
    public enum Reason {
        NO_AUTHOR,
        BAD_AUTHOR,
        BAD_SEQNO,
        NO_SIGNATURE,
        /** The author's id does not contain its key, and the message does not either. */
        NO_KEY,
        BAD_KEY,
        /** The key is sound, but not the author's. */
        FOREIGN_KEY,
        BAD_SIGNATURE
    }

    private final Reason reason;

    public MalformedMessageException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

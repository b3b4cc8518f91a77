package org.flowshield.libp2p.multistream;

/** A peer broke multistream-select; the channel must close. */
public final class MalformedNegotiationException extends Exception {

    /** How it was broken. */
    public enum Reason {
        /** A length that is not minimal or has more than two bytes. */
        LENGTH,
        /** A message longer than {@link NegotiationCodec#MAX_MESSAGE}, or empty. */
        SIZE,
        /** A message that does not end in a line feed. */
        LINE_FEED,
        /** A first message other than multistream's own header. */
        HEADER,
        /** An answer that is neither what was proposed nor a refusal. */
        UNEXPECTED,
        /** More proposals than anyone has protocols. */
        TOO_MANY_PROPOSALS,
        /** The channel or its reading half ended before there was agreement. */
        ENDED
    }

    private final Reason reason;

    public MalformedNegotiationException(Reason reason) {
        super("multistream-select: " + reason);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

package org.flowshield.libp2p.yamux;

/** A peer broke the yamux protocol; its session must end. */
public final class MalformedFrameException extends Exception {

    /** How it was broken. */
    public enum Reason {
        /** A version other than 0. */
        VERSION,
        /** A frame type that the protocol does not have. */
        TYPE,
        /** Data or a window for stream 0, which is the session itself. */
        SESSION_STREAM,
        /** A new stream whose id belongs to our side. */
        PARITY,
        /** A new stream whose id is in use. */
        DUPLICATE_STREAM,
        /** More bytes than the window allows. */
        WINDOW_EXCEEDED,
        /** So many frames that want an answer, and so few answers read, that answering must end. */
        BACKLOG
    }

    private final Reason reason;

    public MalformedFrameException(Reason reason) {
        super("yamux: " + reason, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

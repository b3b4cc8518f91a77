package org.flowshield.libp2p.peerstore;

/** A file that should hold remembered peers does not. */
public final class MalformedPeerFileException extends Exception {

    /** What is wrong. */
    public enum Reason {
        TOO_LONG,
        /** Another kind of file, or one of a version that is not known here. */
        WRONG_KIND,
        /** Cut off, or changed: what is in it is not what was written. */
        WRONG_HASH,
        /** No protobuf of the expected shape, or more than is ever kept. */
        BAD_ENCODING
    }

    private final Reason reason;

    MalformedPeerFileException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

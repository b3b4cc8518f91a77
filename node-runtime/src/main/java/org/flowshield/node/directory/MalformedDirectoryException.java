package org.flowshield.node.directory;

/** Bytes that claim to be a message of the directory are none. */
public final class MalformedDirectoryException extends Exception {

    /** What is wrong. */
    public enum Reason {
        LENGTH,
        TOO_LONG,
        NOT_PROTOBUF,
        /** Neither a request nor an answer that is known. */
        EMPTY,
        /** No query that anybody could have. */
        QUERY,
        NODE_KEY,
        PREFIX,
        /** More of something than a message holds, or less. */
        COUNT,
        AMOUNT,
        SCORE,
        TEXT,
        RECORD,
        DIGEST
    }

    private final Reason reason;

    MalformedDirectoryException(Reason reason) {
        super("malformed message of the directory: " + reason);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

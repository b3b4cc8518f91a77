package org.flowshield.node.dns;

/** Bytes that are no message of DNS, or none that a forwarder takes. */
public final class MalformedDnsException extends Exception {

    /** What is wrong. */
    public enum Reason {
        /** Shorter than its header, or it ends within its question. */
        TRUNCATED,
        /** Longer than a message can be. */
        TOO_LONG,
        /** A reply where a query is due, or the other way round. */
        WRONG_DIRECTION,
        /** Not a standard query (RFC 1035 opcode 0). */
        NOT_A_QUERY,
        /** Other than one question. */
        NOT_ONE_QUESTION,
        /** A label of more than 63 bytes, a name of more than 255, or a pointer in a question. */
        BAD_NAME,
        /** The records behind the question don't fit their counts. */
        BAD_RECORD
    }

    private final Reason reason;

    MalformedDnsException(Reason reason) {
        super(reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

package org.flowshield.libp2p.multiaddr;

/** Text or bytes that claim to be a multiaddr are none; the message says which part is wrong. */
public final class MalformedMultiaddrException extends Exception {

    /** What is wrong. */
    public enum Reason {
        EMPTY,
        TOO_LONG,
        NO_LEADING_SLASH,
        UNKNOWN_PROTOCOL,
        MISSING_VALUE,
        BAD_VALUE,
        TRUNCATED,
        BAD_VARINT
    }

    private final Reason reason;
    private final String complaint;

    public MalformedMultiaddrException(Reason reason, String complaint) {
        super(complaint);
        this.reason = reason;
        this.complaint = complaint;
    }

    String complaint() {
        return complaint;
    }

    public Reason reason() {
        return reason;
    }
}

package org.flowshield.libp2p.mdns;

/** A TXT record that should say where a peer is does not. */
public final class MalformedTextException extends Exception {

    /** What is wrong. */
    public enum Reason {
        TOO_LONG,
        /** A string is longer than what is left. */
        CUT_OFF,
        SEVERAL_PEERS
    }

    private final Reason reason;

    MalformedTextException(Reason reason) {
        super("the TXT record of a peer: " + reason);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

package org.flowshield.libp2p.peer;

/** Text or bytes that claim to be a peer id are none. */
public final class MalformedPeerIdException extends Exception {

    /** What is wrong. */
    public enum Reason {
        /** No base58 or multibase text. */
        BAD_TEXT,
        /** A CID, but not version 1 with the codec of libp2p keys. */
        NOT_A_KEY_CID,
        BAD_MULTIHASH,
        /** A multihash of a function that peer ids do not use. */
        UNKNOWN_HASH,
        /** An id that claims to contain the public key but does not. */
        BAD_KEY
    }

    private final Reason reason;

    public MalformedPeerIdException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

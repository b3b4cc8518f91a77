package org.flowshield.libp2p.security.noise;

import java.io.IOException;

/** What the peer sent is not the Noise protocol of libp2p, or has been tampered with. */
public final class MalformedNoiseException extends IOException {

    /** What is wrong. */
    public enum Reason {
        /** A handshake message shorter than its fixed parts. */
        TOO_SHORT,
        /** A handshake message longer than any honest peer sends. */
        TOO_LONG,
        /** The first message carries a payload, which nothing would protect. */
        UNEXPECTED_PAYLOAD,
        /** A Diffie-Hellman key that makes the shared secret known to everybody. */
        WEAK_KEY,
        /** The authentication tag does not fit: forged, replayed, reordered or damaged. */
        FORGED,
        /** The handshake's payload is not the protobuf of the specification. */
        BAD_PAYLOAD,
        /** The identity key is missing or none. */
        BAD_IDENTITY_KEY,
        /** The identity key did not sign the static key of this handshake. */
        BAD_IDENTITY_SIGNATURE
    }

    private final Reason reason;

    MalformedNoiseException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

package org.flowshield.libp2p.record;

import java.util.Arrays;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.peer.PeerId;

/**
 * A peer record with the envelope that proves it, to be kept or passed on. Immutable; one that
 * exists was signed by the peer it speaks of.
 */
public final class SignedPeerRecord {

    private final PeerRecord content;
    private final byte[] envelope;

    private SignedPeerRecord(PeerRecord content, byte[] envelope) {
        this.content = content;
        this.envelope = envelope;
    }

    /** Parses and verifies an envelope; see {@link PeerRecord#open}. */
    public static SignedPeerRecord open(byte[] envelope) throws MalformedRecordException {
        return new SignedPeerRecord(PeerRecord.open(envelope), envelope.clone());
    }

    /** Signs a record; {@code key} is the peer's own. */
    public static SignedPeerRecord sign(PeerRecord content, PrivateKey key) {
        return new SignedPeerRecord(content, content.seal(key).encoded());
    }

    public PeerRecord content() {
        return content;
    }

    public PeerId peer() {
        return content.peer();
    }

    /** The envelope's bytes as they came. */
    public byte[] encoded() {
        return envelope.clone();
    }

    /** How many bytes the envelope has. */
    public int length() {
        return envelope.length;
    }

    /** True if this takes the place of {@code known}; see {@link PeerRecord#supersedes}. */
    public boolean supersedes(SignedPeerRecord known) {
        return content.supersedes(known.content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedPeerRecord it && Arrays.equals(envelope, it.envelope);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(envelope);
    }

    @Override
    public String toString() {
        return "Signed" + content;
    }
}

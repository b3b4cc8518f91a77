package org.flowshield.node.identity;

import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.libp2p.crypto.KeyType;
import org.flowshield.libp2p.crypto.PublicKey;
import org.flowshield.libp2p.peer.PeerId;

/**
 * The key of a node that has an identity: Ed25519, as the registry on chain has it. Immutable.
 *
 * @param bytes the 32 raw bytes of the public key
 */
public record NodeKey(Bytes32 bytes) {

    /** The key of a peer; empty if it is not of the kind that the registry takes. */
    public static Optional<NodeKey> of(PublicKey key) {
        return key.type() == KeyType.ED25519
                ? Optional.of(new NodeKey(new Bytes32(key.data())))
                : Optional.empty();
    }

    /**
     * The key that a peer's name contains; empty if it is not of the kind that the registry takes.
     */
    public static Optional<NodeKey> of(PeerId peer) {
        return peer.publicKey().flatMap(NodeKey::of);
    }

    public PublicKey publicKey() {
        return new PublicKey(KeyType.ED25519, bytes.bytes());
    }

    public PeerId peer() {
        return PeerId.of(publicKey());
    }

    /** The peer id. */
    @Override
    public String toString() {
        return peer().toString();
    }
}

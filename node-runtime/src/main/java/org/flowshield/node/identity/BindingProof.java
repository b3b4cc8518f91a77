package org.flowshield.node.identity;

import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.libp2p.crypto.PrivateKey;

/**
 * The node key's consent to a wallet: its Ed25519 signature over the registry's challenge, which
 * names chain, registry, wallet and key. The chain cannot check it cheaply; every reader does, and
 * a binding without it is none. Pure.
 */
public final class BindingProof {

    private BindingProof() {}

    /** 64 bytes for the registry. */
    public static byte[] sign(PrivateKey key, Bytes32 challenge) {
        return key.sign(challenge.bytes());
    }

    public static boolean holds(NodeKey key, Bytes32 challenge, byte[] proof) {
        return key.publicKey().verify(challenge.bytes(), proof);
    }
}

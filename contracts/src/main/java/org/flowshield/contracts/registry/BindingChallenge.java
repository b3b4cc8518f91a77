package org.flowshield.contracts.registry;

import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.evm.Words;

/** What a node key signs by Ed25519, so that a wallet may claim it. Pure. */
public final class BindingChallenge {

    private static final Bytes32 NAME = Keccak256.hash("FlowShield node binding v1");

    private static final int WORDS = 5;

    private BindingChallenge() {}

    /** As the registry of identities at that address makes it. */
    public static Bytes32 of(
            ChainId chain, EvmAddress registry, EvmAddress wallet, Bytes32 nodeKey) {
        return new Words(WORDS).put(NAME).put(chain).put(registry).put(wallet).put(nodeKey).hash();
    }
}

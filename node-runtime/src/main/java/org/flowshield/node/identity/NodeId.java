package org.flowshield.node.identity;

import org.flowshield.contracts.evm.EvmAddress;

/**
 * Whom a binding is about: the same key under another wallet is somebody else, so that nobody can
 * take a key away from its owner by being first. Immutable.
 */
public record NodeId(EvmAddress wallet, NodeKey key) {

    @Override
    public String toString() {
        return key + " of wallet " + wallet;
    }
}

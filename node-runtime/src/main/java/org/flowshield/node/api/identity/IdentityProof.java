package org.flowshield.node.api.identity;

import org.flowshield.contracts.evm.EvmAddress;

/**
 * A node key's consent to a wallet. Immutable; whoever uses it verifies it first.
 *
 * @param peerId of the key that consents
 * @param proof its signature over the registry's challenge: {@code 0x} and 128 digits
 */
public record IdentityProof(
        String peerId, EvmAddress wallet, long chainId, EvmAddress registry, String proof) {}

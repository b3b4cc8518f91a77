package org.flowshield.node.wallet.signing;

import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;

/**
 * Which contract a typed signature is for (EIP-712), with the name that people read. Immutable.
 *
 * @param name as the contract says it
 */
public record TypedDomain(String name, String version, ChainId chain, EvmAddress contract) {

    /** Longer names would only push the rest of the summary out of sight. */
    private static final int MAX_TEXT = 64;

    public TypedDomain {
        if (name.length() > MAX_TEXT
                || version.length() > MAX_TEXT
                || !(name + version).chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("a contract's name is short and can be read");
        }
    }
}

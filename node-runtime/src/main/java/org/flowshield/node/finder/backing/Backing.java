package org.flowshield.node.finder.backing;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.identity.NodeKey;

/**
 * Whether a wallet stands behind a node, without asking the node. Keys cost nothing, so that
 * strangers can fill a market with providers that nobody vouches for: these are neither shown nor
 * gone to. Safe for use by any thread; may wait for the chain.
 */
@FunctionalInterface
public interface Backing {

    /** How a wallet stands to a node that serves for it. */
    Backed of(NodeKey node, EvmAddress payee) throws InterruptedException;

    /** The answer. Immutable. */
    sealed interface Backed {

        /** The wallet has bound the node as a provider, is registered, and can lose this. */
        record Staked(TokenAmount stake) implements Backed {}

        /**
         * It does not; nobody deals with the node.
         *
         * @param code for programs
         * @param why for people
         */
        record Refused(String code, String why) implements Backed {}

        /** Nobody who is to be believed says so. */
        record Unknown(String why) implements Backed {}
    }
}

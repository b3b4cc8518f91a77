package org.flowshield.node.api.payment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The chain that a node pays on, and whether it can be asked. Immutable.
 *
 * @param name of the network file
 * @param gasSymbol of the coin that the chain takes for gas
 * @param rpc how the last question went
 * @param block the newest one that is known; null before the first answer
 * @param asOf when the chain last answered; null before the first answer
 * @param identities who is believed about other nodes
 */
public record NetworkStatus(
        String name,
        long chainId,
        String gasSymbol,
        Rpc rpc,
        @Nullable Long block,
        @Nullable Instant asOf,
        Identities identities) {

    /** Whom this node asks which wallet another one belongs to, and whether it was revoked. */
    public enum Identities {
        /** The RPC that is asked for everything; it is believed. */
        RPC,
        /** Nobody is believed: proofs, in a block that most of the network's RPCs name. */
        PROOFS
    }

    /** The way to the chain. */
    public enum Rpc {
        /** It was not asked yet. */
        UNKNOWN,
        REACHABLE,
        /** No answer: what was paid and earned is safe, and nothing new gets on the chain. */
        UNREACHABLE,
        /**
         * It answers, and its newest block is old: it lags behind, or keeps news back. Open
         * channels go on, and none is opened or filled.
         */
        STALE,
        /** It answers, and its answers can't be trusted, or are of another chain. */
        WRONG
    }
}

package org.flowshield.node.wallet.history;

import java.util.Locale;
import org.flowshield.contracts.evm.Wei;
import org.jspecify.annotations.Nullable;

/**
 * What became of a transaction. Immutable.
 *
 * @param block in which it is; null if it is in none
 * @param fee what its gas cost; null while that is not known
 */
public record Fate(State state, @Nullable Long block, @Nullable Wei fee) {

    /** Where it stands. */
    public enum State {
        /** Handed in, and known to the chain. */
        WAITING,
        /** In a block that may still be reorganised. */
        INCLUDED,
        /** In a block below enough others. */
        CONFIRMED,
        /** In a block, but undone: only its gas was paid. */
        REVERTED,
        /** Another transaction took its number: it will never happen. */
        REPLACED,
        /** Nodes have forgotten it, or never got it; it may still be handed in again. */
        DROPPED,
        /** Nobody has asked the chain. */
        UNKNOWN;

        /** As it is printed. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

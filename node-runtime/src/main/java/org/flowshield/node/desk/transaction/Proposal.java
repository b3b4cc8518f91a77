package org.flowshield.node.desk.transaction;

import java.util.List;
import org.flowshield.contracts.evm.EvmAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a signature would do, in the words of the process that would make it, which signs nothing
 * else. Immutable.
 *
 * @param action in a few words, like {@code send tokens}
 * @param lines each thing that can be wrong about it: at least amount, receiver, chain; of a
 *     transaction also the fee
 * @param from whose signature it is
 * @param gas what it costs; null if it costs no gas of the wallet
 */
public record Proposal(
        Kind kind, String action, List<Line> lines, EvmAddress from, @Nullable GasFee gas) {

    public Proposal {
        lines = List.copyOf(lines);
    }

    /** What is signed. */
    public enum Kind {
        /** Lets a contract take tokens; a transaction follows. */
        PERMIT,
        /** A transaction of the wallet. */
        TRANSACTION,
        /** An order that somebody else carries to the chain, for a fee. */
        ORDER
    }

    /**
     * One thing and its name. Immutable.
     *
     * @param meaning what the network file calls an address or a chain; empty if nothing
     */
    public record Line(String label, String value, String meaning) {}
}

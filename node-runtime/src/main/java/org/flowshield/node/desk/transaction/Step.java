package org.flowshield.node.desk.transaction;

import java.time.Instant;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.jspecify.annotations.Nullable;

/** What happens between a proposal and its ending. Immutable. */
public sealed interface Step {

    /** A part of a plan begins. */
    record Begins(Planned part) implements Step {}

    /**
     * A part was done before.
     *
     * @param since when, if that is known
     */
    record DoneBefore(Planned part, @Nullable Instant since) implements Step {}

    /** A part that the daemon does is done. */
    record PartDone(Planned part) implements Step {}

    /** A part has to wait until the clients that are served now have left. */
    record Postponed(Planned part) implements Step {}

    /** What follows takes the place of the account's transaction with that number. */
    record TakesPlace(long number, boolean cancels) implements Step {}

    /**
     * A provider will carry what is signed next.
     *
     * @param fee that it takes from the wallet for it
     */
    record CarriedBy(String peerId, TokenAmount fee) implements Step {}

    /** It is kept on the disk and about to be handed in. */
    record Signed(TransactionHash transaction) implements Step {}

    /** The chain, or who carries it there, has it. */
    record HandedIn(TransactionHash transaction) implements Step {}

    /** It may have arrived or not; that is found out. */
    record WayInTrouble(TransactionHash transaction, String message) implements Step {}

    /**
     * It is in a block.
     *
     * @param confirmations blocks that must hold it, this one counted, before it is done
     */
    record Included(TransactionHash transaction, long block, int confirmations) implements Step {}

    /**
     * More blocks hold it than before.
     *
     * @param has that hold it, its own counted
     * @param needed before it is done
     */
    record Deeper(TransactionHash transaction, long has, int needed) implements Step {}

    /** Its block is no longer part of the chain; it waits again. */
    record Reorganised(TransactionHash transaction) implements Step {}

    /** The chain had forgotten it. */
    record HandedInAgain(TransactionHash transaction) implements Step {}

    /**
     * It waits for the account's transaction with that number, which is in no block yet.
     *
     * @param transaction that waits; null before it is signed
     * @param own number of what waits; the same as {@code first} where that is not known
     */
    record WaitsForEarlier(@Nullable TransactionHash transaction, long own, long first)
            implements Step {}

    /** A transaction has ended: told for each of several, and for a single one. */
    record Ended(Ending ending) implements Step {}
}

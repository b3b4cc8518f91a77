package org.flowshield.contracts.sending;

import org.flowshield.contracts.chain.Receipt;

/** Told what happens to a transaction on its way, by the thread that waits for it. */
@FunctionalInterface
public interface Progress {

    /** Tells nobody. */
    Progress SILENT = _ -> {};

    void happened(Step step);

    /**
     * It is in a block, and more blocks lie above that than before.
     *
     * @param confirmations blocks that hold it, its own and those above
     */
    default void deeper(Sent sent, long confirmations) {}

    /** What happens on the way. */
    sealed interface Step {

        /** It is signed and about to be handed in: what must not be forgotten is kept now. */
        record Signed(Sent sent) implements Step {}

        /** It is in a block, not yet below enough others. */
        record Included(Sent sent, Receipt receipt) implements Step {}

        /** The block that it was in is no longer part of the chain; it waits again. */
        record Reorganised(Sent sent, Receipt receipt) implements Step {}

        /** The chain had forgotten it; it was handed in again. */
        record Resubmitted(Sent sent) implements Step {}

        /**
         * It can't be done before one with a smaller number, which no block has yet.
         *
         * @param missing that number
         */
        record EarlierMissing(Sent sent, long missing) implements Step {}

        /** It was stuck; the same call with the same number pays more now. */
        record Repriced(Sent before, Sent now) implements Step {}
    }
}

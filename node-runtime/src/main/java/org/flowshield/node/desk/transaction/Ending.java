package org.flowshield.node.desk.transaction;

import java.time.Instant;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;

/** What became of something that was proposed. Immutable. */
public sealed interface Ending {

    /** Whether money moved. */
    Moved moved();

    /** Whether all is as the person wanted it. */
    default boolean isGood() {
        return false;
    }

    /**
     * It is confirmed and did what it said.
     *
     * @param fee that its gas cost
     */
    record Done(TransactionHash transaction, long block, Wei fee) implements Ending {
        @Override
        public Moved moved() {
            return Moved.YES;
        }

        @Override
        public boolean isGood() {
            return true;
        }
    }

    /**
     * Somebody carried it; it is confirmed and did what it said.
     *
     * @param transaction of who carried it, as he said
     * @param fee that he was paid from the wallet, at most; it cost no gas
     */
    record Carried(TransactionHash transaction, long block, TokenAmount fee) implements Ending {
        @Override
        public Moved moved() {
            return Moved.YES;
        }

        @Override
        public boolean isGood() {
            return true;
        }
    }

    /**
     * A cancellation took the place of what waited.
     *
     * @param fee that its gas cost
     */
    record Cancelled(TransactionHash transaction, long block, Wei fee) implements Ending {
        @Override
        public Moved moved() {
            return Moved.ONLY_GAS;
        }

        @Override
        public boolean isGood() {
            return true;
        }
    }

    /** There was nothing to do: it is so already. */
    record Already() implements Ending {
        @Override
        public Moved moved() {
            return Moved.NO;
        }

        @Override
        public boolean isGood() {
            return true;
        }
    }

    /** The person did not agree; nothing was sent. */
    record Declined() implements Ending {
        @Override
        public Moved moved() {
            return Moved.NO;
        }
    }

    /**
     * The contract undid it.
     *
     * @param why in its words, as a sentence
     * @param fee that its gas cost
     */
    record Undone(TransactionHash transaction, String why, Wei fee) implements Ending {
        @Override
        public Moved moved() {
            return Moved.ONLY_GAS;
        }
    }

    /** Another transaction of the account took its number: it will never happen. */
    record Displaced(TransactionHash transaction) implements Ending {
        @Override
        public Moved moved() {
            return Moved.NO;
        }
    }

    /**
     * A cancellation came too late.
     *
     * @param transaction that was to be cancelled, and is done
     */
    record TooLate(TransactionHash transaction) implements Ending {
        @Override
        public Moved moved() {
            return Moved.YES;
        }
    }

    /** It is not known yet; the history tells later. */
    record NotKnown(TransactionHash transaction, String why) implements Ending {
        @Override
        public Moved moved() {
            return Moved.NOT_KNOWN;
        }
    }

    /**
     * Somebody said that he carries it, and the chain does not show it.
     *
     * @param until when it may still happen
     */
    record NotShown(TransactionHash transaction, Instant until) implements Ending {
        @Override
        public Moved moved() {
            return Moved.NOT_KNOWN;
        }
    }
}

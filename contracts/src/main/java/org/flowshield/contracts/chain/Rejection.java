package org.flowshield.contracts.chain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why the chain does not do what it was asked. Immutable.
 *
 * @param message what happened and what to do, in plain words
 * @param contractError the contract's own word, if it was the contract
 */
public record Rejection(Kind kind, String message, @Nullable ContractError contractError) {

    /** Who refuses, and over what. */
    public enum Kind {
        /** The contract, by one of its errors. */
        CONTRACT,
        /** There is no contract at that address. */
        NO_CONTRACT,
        /** The wallet can't pay for the gas. */
        GAS_COIN_MISSING,
        /** Another transaction of the wallet had the same number. */
        NONCE_USED,
        /** An earlier transaction of the wallet is missing. */
        NONCE_GAP,
        /** More of the wallet's transactions wait already than nodes keep. */
        TOO_MANY_WAITING,
        /** A replacement must pay more than what it replaces. */
        REPLACEMENT_FEE,
        /** The chain's price for gas is above what the transaction, or its owner, pays. */
        TOO_DEAR,
        /** The node refuses for a reason of its own. */
        OTHER
    }

    public Rejection(Kind kind, String message) {
        this(kind, message, null);
    }

    /** The contract's own word, if it was the contract. */
    public Optional<ContractError> error() {
        return Optional.ofNullable(contractError);
    }
}

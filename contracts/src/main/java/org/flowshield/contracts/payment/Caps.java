package org.flowshield.contracts.payment;

import java.time.Instant;
import org.flowshield.contracts.evm.TokenAmount;

/**
 * How much of a purse a signer may lock in channels, as the contract enforces it. Immutable.
 *
 * @param total in all channels together
 * @param perPayee in the channels to one payee
 * @param expiry the last second in which the signer may lock money
 */
public record Caps(TokenAmount total, TokenAmount perPayee, Instant expiry) {

    /** Takes the authority away. */
    public static final Caps NONE = new Caps(TokenAmount.ZERO, TokenAmount.ZERO, Instant.EPOCH);

    /**
     * @throws IllegalArgumentException if the contract has no room for them
     */
    public Caps {
        Stored.require(total);
        Stored.require(perPayee);
        Stored.require(expiry);
    }
}

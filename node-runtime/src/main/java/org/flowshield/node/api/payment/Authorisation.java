package org.flowshield.node.api.payment;

import java.time.Instant;
import org.flowshield.contracts.evm.TokenAmount;

/**
 * What the wallet lets the node's signer lock in channels; the chain enforces it. Immutable.
 *
 * @param total in all channels of the signer's life
 * @param perPayee in the channels to one provider
 * @param expiry after which nothing more can be locked
 * @param used of the total
 */
public record Authorisation(
        TokenAmount total, TokenAmount perPayee, Instant expiry, TokenAmount used) {

    /** What is left of the total. */
    public TokenAmount left() {
        return used.compareTo(total) >= 0 ? TokenAmount.ZERO : total.minus(used);
    }
}

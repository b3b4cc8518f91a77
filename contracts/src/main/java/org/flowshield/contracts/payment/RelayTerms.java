package org.flowshield.contracts.payment;

import java.time.Instant;
import org.flowshield.contracts.evm.TokenAmount;

/**
 * What whoever carries an order to the chain may have for it, and until when. Immutable.
 *
 * @param maxFee the most that the relayer may take from the purse; the relayer names the fee
 * @param deadline after this second the order is void
 */
public record RelayTerms(TokenAmount maxFee, Instant deadline) {

    /**
     * @throws IllegalArgumentException if the contract could not take such terms
     */
    public RelayTerms {
        Stored.require(maxFee);
        if (deadline.getEpochSecond() < 0) {
            throw new IllegalArgumentException("a deadline before 1970: " + deadline);
        }
    }
}

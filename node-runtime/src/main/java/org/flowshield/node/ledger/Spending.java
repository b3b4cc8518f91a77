package org.flowshield.node.ledger;

import org.flowshield.contracts.evm.TokenAmount;

/**
 * How much was signed away, with what is reserved for vouchers that are about to be signed.
 * Immutable.
 *
 * @param session in the session asked about
 * @param day in the UTC day that it is
 * @param month in the UTC month that it is
 */
public record Spending(TokenAmount session, TokenAmount day, TokenAmount month) {

    /** The sum of a period. */
    public TokenAmount of(SpendingCaps.Period period) {
        return switch (period) {
            case SESSION -> session;
            case DAY -> day;
            case MONTH -> month;
        };
    }
}

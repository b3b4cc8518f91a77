package org.flowshield.node.api.payment;

import java.time.Instant;
import org.flowshield.contracts.evm.TokenAmount;

/**
 * What a node has signed away and how much more it may. Immutable.
 *
 * @param session in the present session, and those that it goes on with; nothing without one
 * @param day in the UTC day that it is
 * @param month in the UTC month that it is
 * @param dayEnds when the next day begins to count
 * @param monthEnds when the next month begins to count
 */
public record Spending(
        SpendingCaps caps,
        TokenAmount session,
        TokenAmount day,
        TokenAmount month,
        Instant dayEnds,
        Instant monthEnds) {

    /** What may still be spent before one of the caps stands in the way. */
    public TokenAmount left() {
        return left(caps.perSession(), session)
                .min(left(caps.perDay(), day))
                .min(left(caps.perMonth(), month));
    }

    private static TokenAmount left(TokenAmount cap, TokenAmount spent) {
        return spent.compareTo(cap) >= 0 ? TokenAmount.ZERO : cap.minus(spent);
    }
}

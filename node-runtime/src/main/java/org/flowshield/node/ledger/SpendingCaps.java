package org.flowshield.node.ledger;

import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;

/**
 * How much this node may sign away. Immutable.
 *
 * @param perSession in one session, and those that go on with it after a failover
 * @param perDay in one day, UTC
 * @param perMonth in one calendar month, UTC
 */
public record SpendingCaps(
        Optional<TokenAmount> perSession,
        Optional<TokenAmount> perDay,
        Optional<TokenAmount> perMonth) {

    /** No cap at all. */
    public static final SpendingCaps NONE =
            new SpendingCaps(Optional.empty(), Optional.empty(), Optional.empty());

    /** What one of them covers. */
    public enum Period {
        SESSION,
        DAY,
        MONTH
    }

    /** The cap of a period. */
    public Optional<TokenAmount> of(Period period) {
        return switch (period) {
            case SESSION -> perSession;
            case DAY -> perDay;
            case MONTH -> perMonth;
        };
    }
}

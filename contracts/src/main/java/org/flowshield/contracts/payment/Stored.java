package org.flowshield.contracts.payment;

import java.time.Instant;
import org.flowshield.contracts.evm.TokenAmount;

/** What the contract has room for. */
final class Stored {

    /** Amounts are kept in 96 bits: all FLOW that exist have 90. */
    private static final int AMOUNT_BITS = 96;

    /** Times are kept in 48 bits of seconds. */
    private static final long TIMES = 1L << 48;

    private Stored() {}

    static void require(TokenAmount amount) {
        if (amount.units().bitLength() > AMOUNT_BITS) {
            throw new IllegalArgumentException("the contract has no room for " + amount);
        }
    }

    static void require(Instant time) {
        if (time.getEpochSecond() < 0 || time.getEpochSecond() >= TIMES) {
            throw new IllegalArgumentException("the contract has no room for " + time);
        }
    }
}

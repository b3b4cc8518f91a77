package org.flowshield.node.desk.transaction;

import java.math.BigDecimal;
import java.util.Locale;
import org.flowshield.contracts.evm.Wei;

/**
 * What a transaction costs beside what it sends. Immutable.
 *
 * @param atMost in all
 * @param units of gas that it may use
 * @param price of a unit, at most
 * @param priority of that, to who makes the block
 * @param symbol what the network calls its coin
 */
public record GasFee(Wei atMost, long units, Wei price, Wei priority, String symbol) {

    private static final int GWEI_DECIMALS = 9;

    /** In a line, for people. */
    public String words() {
        return "at most "
                + atMost.in(symbol)
                + " ("
                + String.format(Locale.ROOT, "%,d", units)
                + " units for up to "
                + gwei(price)
                + " gwei, of which "
                + gwei(priority)
                + " go to who makes the block)";
    }

    private static String gwei(Wei price) {
        return new BigDecimal(price.units(), GWEI_DECIMALS).stripTrailingZeros().toPlainString();
    }
}

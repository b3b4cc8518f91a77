package org.flowshield.node.payment;

import org.flowshield.contracts.evm.TokenAmount;

/**
 * What may still be spent by the user's own limits. Immutable.
 *
 * @param left of the nearest limit
 * @param limit its words, like {@code "the limit of 5 FLOW a day"}
 */
public record Allowance(TokenAmount left, String limit) {

    /** More than exists. */
    public static final Allowance UNLIMITED = new Allowance(Price.MOST, "no limit");
}

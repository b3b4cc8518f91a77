package org.flowshield.node.payment;

import org.flowshield.contracts.evm.TokenAmount;

/**
 * The money in a channel as one side counts on it. Immutable.
 *
 * @param usable what vouchers may add up to
 * @param confirmed whether that is as many blocks old as that side wants it
 */
public record Deposit(TokenAmount usable, boolean confirmed) {}

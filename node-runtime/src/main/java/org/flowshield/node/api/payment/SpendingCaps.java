package org.flowshield.node.api.payment;

import org.flowshield.contracts.evm.TokenAmount;

/**
 * The most that a node signs away; the node itself keeps them. Immutable.
 *
 * @param perSession in one session, and those that go on with it when a provider fails
 * @param perDay in one day, UTC
 * @param perMonth in one calendar month, UTC
 */
public record SpendingCaps(TokenAmount perSession, TokenAmount perDay, TokenAmount perMonth) {}

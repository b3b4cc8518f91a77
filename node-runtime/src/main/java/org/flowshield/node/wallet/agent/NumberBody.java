package org.flowshield.node.wallet.agent;

/**
 * The number that a transaction was given. Immutable.
 *
 * @param number among the account's transactions, from 0 on
 */
record NumberBody(long number) {}

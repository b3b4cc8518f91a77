/**
 * The durable record of money: what was signed to us and what we signed, by channel and session,
 * within which caps, and what became of it on chain. Here is what it promises; {@code sqlite} keeps
 * it.
 */
@NullMarked
package org.flowshield.node.ledger;

import org.jspecify.annotations.NullMarked;

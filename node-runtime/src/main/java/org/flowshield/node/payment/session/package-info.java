/**
 * Paid sessions at work: the actors that run both sides' state machines over a stream of the
 * tunnel's control connection, with ledger, chain and signer behind them.
 */
@NullMarked
package org.flowshield.node.payment.session;

import org.jspecify.annotations.NullMarked;

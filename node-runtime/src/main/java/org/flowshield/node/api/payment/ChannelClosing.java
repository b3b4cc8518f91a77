package org.flowshield.node.api.payment;

import java.time.Instant;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.jspecify.annotations.Nullable;

/**
 * How a channel was closed, or begins to be. Immutable.
 *
 * @param cooperative the payee agreed, and the rest is back in the purse
 * @param refund what goes back, as far as is known
 * @param refundAt when; null if it is back already
 * @param transaction that did it; null if it was under way already
 * @param alone why the payee did not agree, for people; null if it did, or was not asked
 */
public record ChannelClosing(
        ChannelStatus channel,
        boolean cooperative,
        TokenAmount refund,
        @Nullable Instant refundAt,
        @Nullable TransactionHash transaction,
        @Nullable String alone) {}

package org.flowshield.node.api.payment;

import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.api.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What was earned in a channel, on its way to the payee. Immutable.
 *
 * @param amount that it brings
 * @param transaction null before one was sent
 * @param problem why it is not settled; null if nothing stands in the way
 */
public record Settlement(
        ChannelId channel,
        TokenAmount amount,
        @Nullable TransactionHash transaction,
        State state,
        @Nullable Problem problem) {

    /** How far it is. */
    public enum State {
        /** It is sent, and its block is not safe yet. */
        SENT,
        /** The money is the payee's. */
        SETTLED,
        /** It was not done; the vouchers are as good as before. */
        FAILED
    }
}

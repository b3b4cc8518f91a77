package org.flowshield.node.api.payment;

import java.time.Instant;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.jspecify.annotations.Nullable;

/**
 * A payment channel of this node. Immutable.
 *
 * @param side what this node is in it
 * @param payer whose purse pays
 * @param payee who is paid
 * @param peer peer id of the provider, where it is known
 * @param deposit locked for the payee
 * @param signed by the highest voucher
 * @param claimed of it, paid out on the chain
 * @param left of the deposit, not signed away
 * @param closesAt when a closing channel can be finished; null otherwise
 */
public record ChannelStatus(
        ChannelId id,
        Side side,
        State state,
        EvmAddress payer,
        EvmAddress payee,
        @Nullable String peer,
        TokenAmount deposit,
        TokenAmount signed,
        TokenAmount claimed,
        TokenAmount left,
        @Nullable Instant closesAt) {

    /** What a node is in a channel. */
    public enum Side {
        PAYER,
        PAYEE
    }

    /** What has become of a channel. */
    public enum State {
        /** Its opening is on its way. */
        OPENING,
        OPEN,
        /** The payer wants its rest back and waits for it. */
        CLOSING,
        CLOSED
    }
}

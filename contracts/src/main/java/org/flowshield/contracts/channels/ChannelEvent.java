package org.flowshield.contracts.channels;

import java.time.Instant;
import org.flowshield.contracts.chain.Log;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.ChannelKey;

/** What the channels contract said happened. Immutable. */
public sealed interface ChannelEvent {

    /** Where in the chain it was said; a reorganisation may unsay it. */
    Log log();

    /**
     * A channel was opened.
     *
     * @param offer the hash of the terms that it was opened for
     */
    record Opened(ChannelId id, ChannelKey key, TokenAmount amount, Bytes32 offer, Log log)
            implements ChannelEvent {}

    /** A channel holds more; {@code deposit} in all. */
    record ToppedUp(ChannelId id, TokenAmount amount, TokenAmount deposit, Log log)
            implements ChannelEvent {}

    /** The payee was paid {@code amount}, for a voucher over {@code cumulative}. */
    record Claimed(
            ChannelId id, EvmAddress payee, TokenAmount amount, TokenAmount cumulative, Log log)
            implements ChannelEvent {}

    /** A claim in a batch was left out. */
    record ClaimSkipped(ChannelId id, Log log) implements ChannelEvent {}

    /** The payer asked for the rest, which is to be had at {@code closesAt}. */
    record Closing(ChannelId id, Instant closesAt, Log log) implements ChannelEvent {}

    /** The channel ended: so much in all went to the payee, so much back to the purse. */
    record Closed(ChannelId id, TokenAmount paid, TokenAmount refunded, Log log)
            implements ChannelEvent {}

    /** Money came into a purse. */
    record PurseDeposited(EvmAddress owner, EvmAddress from, TokenAmount amount, Log log)
            implements ChannelEvent {}

    /** Money left a purse. */
    record PurseWithdrawn(EvmAddress owner, EvmAddress to, TokenAmount amount, Log log)
            implements ChannelEvent {}

    /** A wallet said what a session signer may lock. */
    record SignerAuthorised(EvmAddress owner, EvmAddress signer, Caps caps, Log log)
            implements ChannelEvent {}

    /** A payee said whether another key may close for it. */
    record OperatorSet(EvmAddress payee, EvmAddress operator, boolean allowed, Log log)
            implements ChannelEvent {}

    /** A relayer was repaid. */
    record RelayerPaid(EvmAddress payer, EvmAddress relayer, TokenAmount fee, Log log)
            implements ChannelEvent {}
}

package org.flowshield.node.api.payment;

import java.time.Instant;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.jspecify.annotations.Nullable;

/**
 * What a provider asks for, as it has signed it. Immutable.
 *
 * @param provider the multiaddr that was asked
 * @param free it serves for nothing; all below but {@code deposit} is null then
 * @param pricePerGib for each GiB, both directions together
 * @param payee whom vouchers are to pay
 * @param minDeposit a channel with less is refused
 * @param deposit that connecting would lock in a channel; nothing if there is one
 * @param withinMaxPrice whether connecting without a word about the price would do it
 * @param validUntil when it may ask for something else
 * @param channel the one that there is already; null if there is none
 * @param warning what to know before paying it, such as that no wallet vouches for it; null: all is
 *     well
 */
public record Quote(
        String provider,
        String peerId,
        boolean free,
        @Nullable TokenAmount pricePerGib,
        @Nullable EvmAddress payee,
        @Nullable TokenAmount minDeposit,
        TokenAmount deposit,
        boolean withinMaxPrice,
        @Nullable Instant validUntil,
        @Nullable ChannelStatus channel,
        @Nullable String warning) {}

package org.flowshield.node.api;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.jspecify.annotations.Nullable;

/**
 * What a node sells its bandwidth for. Immutable. As a change, what is null stays as it is.
 *
 * @param pricePerGib in FLOW, both directions together; null if none was said
 * @param payee whose money it will be; null if nobody was named
 * @param limit of all sessions together, each way, such as {@code 50 Mbit/s}; null for no limit
 * @param country that clients are taken to be in; null if none was said
 * @param atStart whether the role is switched on when the daemon starts; null for what the
 *     configuration says
 */
public record ProviderOffer(
        @Nullable TokenAmount pricePerGib,
        @Nullable EvmAddress payee,
        @Nullable String limit,
        @Nullable String country,
        @Nullable Boolean atStart) {}

package org.flowshield.node.api.payment;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.jspecify.annotations.Nullable;

/**
 * A channel that is to be opened, to a provider that is asked for its address, or to an address.
 * Immutable.
 *
 * @param provider its multiaddr; null if the payee is named
 * @param payee null if the provider is named
 * @param amount the deposit; more than nothing
 */
public record ChannelOpening(
        @Nullable String provider, @Nullable EvmAddress payee, TokenAmount amount) {

    public ChannelOpening {
        if ((provider == null) == (payee == null)) {
            throw new IllegalArgumentException("name either the provider or the payee");
        }
        if (amount.isZero()) {
            throw new IllegalArgumentException("the amount of a channel is more than 0");
        }
    }
}

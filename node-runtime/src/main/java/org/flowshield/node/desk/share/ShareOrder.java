package org.flowshield.node.desk.share;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.config.BitRate;
import org.jspecify.annotations.Nullable;

/**
 * How a person wants to sell. Immutable.
 *
 * @param wallet that is paid, and whose stake it is
 * @param pricePerGib both directions together
 * @param limit of all clients together, each way
 * @param country where clients are taken to be, such as NL; null for what was said before
 * @param stake how much is to be staked; null for what the market asks for
 */
public record ShareOrder(
        EvmAddress wallet,
        TokenAmount pricePerGib,
        BitRate limit,
        @Nullable String country,
        @Nullable TokenAmount stake) {}

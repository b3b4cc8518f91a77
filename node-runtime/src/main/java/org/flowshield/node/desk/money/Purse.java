package org.flowshield.node.desk.money;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.payment.Authorisation;
import org.jspecify.annotations.Nullable;

/**
 * A purse, and what a signer may do with it. Immutable.
 *
 * @param signer null if none was asked about
 * @param authorisation of that signer; all zero if it has none; null if none was asked about
 */
public record Purse(
        EvmAddress owner,
        TokenAmount amount,
        @Nullable EvmAddress signer,
        @Nullable Authorisation authorisation) {}

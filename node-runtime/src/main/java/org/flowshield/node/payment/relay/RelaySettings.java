package org.flowshield.node.payment.relay;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;

/**
 * For whom a provider carries orders, and for how much. Immutable.
 *
 * @param contracts that it carries to
 * @param payee only channels to whom are opened and topped up
 * @param fee taken for each order; where it is zero, orders about nodes, which are anybody's, are
 *     not carried
 */
public record RelaySettings(RelayContracts contracts, EvmAddress payee, TokenAmount fee) {}

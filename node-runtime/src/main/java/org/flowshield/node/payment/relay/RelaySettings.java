package org.flowshield.node.payment.relay;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelDomain;

/**
 * For whom a provider carries orders, and for how much. Immutable.
 *
 * @param channels the contract that it carries to
 * @param payee only channels to whom are opened and topped up
 * @param fee taken for each order
 */
public record RelaySettings(ChannelDomain channels, EvmAddress payee, TokenAmount fee) {}

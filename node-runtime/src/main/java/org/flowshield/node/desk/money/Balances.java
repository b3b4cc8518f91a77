package org.flowshield.node.desk.money;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;

/**
 * What an account has. Immutable.
 *
 * @param gas of the chain's own coin
 * @param gasSymbol what the network calls that
 * @param purse what its signers may lock in channels
 */
public record Balances(
        EvmAddress account, TokenAmount flow, Wei gas, String gasSymbol, TokenAmount purse) {}

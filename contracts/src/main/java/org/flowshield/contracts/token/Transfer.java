package org.flowshield.contracts.token;

import org.flowshield.contracts.chain.Log;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;

/**
 * FLOW went from one address to another. Immutable.
 *
 * @param log where in the chain it was said; a reorganisation may unsay it
 */
public record Transfer(EvmAddress from, EvmAddress to, TokenAmount amount, Log log) {}

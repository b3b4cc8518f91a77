package org.flowshield.node.payment.relay;

import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.node.payment.channel.ChainException;

/** Carries orders to the contract with the provider's own gas. Waits for the chain. */
@FunctionalInterface
public interface Carrier {

    /**
     * Asks the chain whether it would do it, and hands it in if so.
     *
     * @param fee that is taken for it
     * @throws ChainException {@code REJECTED}: nothing was handed in, and the order is at fault;
     *     else the chain or our gas is
     */
    TransactionHash carry(CarriedOrder order, TokenAmount fee) throws ChainException;
}

package org.flowshield.node.payment.relay;

import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.node.payment.channel.ChainException;

/** Carries orders to the contracts with the provider's own gas. Waits for the chain. */
@FunctionalInterface
public interface Carrier {

    /** Told when nothing more happens to an order that was handed in; on any thread. */
    @FunctionalInterface
    interface Ending {
        /**
         * It was decided.
         *
         * @param inVain whether gas was paid and no fee came for it
         */
        void ended(boolean inVain);
    }

    /**
     * Asks the chain whether it would do it, and hands it in if so.
     *
     * @param fee that is taken for it
     * @param ending told once if this returns, never if it throws
     * @throws ChainException {@code REJECTED}: nothing was handed in, and the order is at fault;
     *     else the chain or our gas is
     */
    TransactionHash carry(CarriedOrder order, TokenAmount fee, Ending ending) throws ChainException;
}

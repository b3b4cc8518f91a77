package org.flowshield.node.payment.channel;

import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.node.payment.ChannelView;

/**
 * The channels contract, as paid sessions need it. Safe for use by any thread; waits for the chain.
 */
public interface ChannelChain {

    /** The contract that vouchers are for. */
    ChannelDomain domain();

    /** How a channel stands. */
    ChannelView view(ChannelKey channel) throws ChainException;

    /** Opens a channel, and waits until it is in a block. */
    void open(ChannelKey channel, TokenAmount amount, Bytes32 offerHash)
            throws ChainException, InterruptedException;

    /** Adds to a channel, and waits until that is in a block. */
    void topUp(ChannelKey channel, TokenAmount amount) throws ChainException, InterruptedException;
}

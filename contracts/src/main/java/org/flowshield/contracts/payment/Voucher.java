package org.flowshield.contracts.payment;

import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Words;

/**
 * All that a channel has paid so far, signed anew each time: the contract pays up to {@code
 * cumulative}, less what it has paid before, so that replay, order and loss do not matter.
 * Immutable.
 *
 * @param cumulative since the channel was opened
 * @param bytesServed since the channel was opened; evidence, not money; at least 0
 */
public record Voucher(ChannelId channel, TokenAmount cumulative, long bytesServed) {

    private static final Bytes32 TYPE =
            Keccak256.hash("Voucher(bytes32 channelId,uint128 cumulative,uint64 bytesServed)");

    private static final int WORDS = 4;

    /**
     * @throws IllegalArgumentException if fewer than no bytes were served
     */
    public Voucher {
        if (bytesServed < 0) {
            throw new IllegalArgumentException("a voucher for " + bytesServed + " bytes");
        }
    }

    /** What the channel's signer signs. */
    public Bytes32 digest(ChannelDomain domain) {
        return domain.eip712()
                .digest(
                        new Words(WORDS)
                                .put(TYPE)
                                .put(channel.value())
                                .put(cumulative)
                                .put(bytesServed)
                                .hash());
    }
}

package org.flowshield.contracts.payment;

import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Words;

/**
 * What the payee signs when a channel ends in agreement: with it the rest goes back to the purse at
 * once. Immutable.
 *
 * @param finalCumulative all that the channel pays in its life
 */
public record CooperativeClose(ChannelId channel, TokenAmount finalCumulative) {

    private static final Bytes32 TYPE =
            Keccak256.hash("Close(bytes32 channelId,uint128 finalCumulative)");

    private static final int WORDS = 3;

    /** What the payee or its operator signs. */
    public Bytes32 digest(ChannelDomain domain) {
        return domain.eip712()
                .digest(
                        new Words(WORDS)
                                .put(TYPE)
                                .put(channel.value())
                                .put(finalCumulative)
                                .hash());
    }
}

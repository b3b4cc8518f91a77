package org.flowshield.contracts.payment;

import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Words;

/**
 * What tells one channel from another. Immutable.
 *
 * @param payer whose purse pays
 * @param payee who is paid
 * @param signer whose vouchers count
 * @param salt tells apart the channels of the same three
 */
public record ChannelKey(EvmAddress payer, EvmAddress payee, EvmAddress signer, Bytes32 salt) {

    private static final int WORDS = 6;

    /** The channel's name at this contract. */
    public ChannelId id(ChannelDomain domain) {
        return new ChannelId(
                new Words(WORDS)
                        .put(domain.chain())
                        .put(domain.contract())
                        .put(payer)
                        .put(payee)
                        .put(signer)
                        .put(salt)
                        .hash());
    }
}

package org.flowshield.contracts.sending;

import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TransactionHash;

/**
 * A signed transaction, on its way or not: handing it in twice does no harm. Immutable.
 *
 * @param nonce its number among the wallet's transactions; only one of each number counts
 * @param signed its bytes, for handing it in again
 */
public record Sent(
        TransactionHash hash,
        EvmAddress from,
        long nonce,
        Call call,
        long gasLimit,
        Fees fees,
        byte[] signed) {

    public Sent {
        signed = signed.clone();
    }

    @Override
    public byte[] signed() {
        return signed.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sent sent && hash.equals(sent.hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return "Sent[" + hash + ", number " + nonce + ", " + call.purpose() + "]";
    }
}

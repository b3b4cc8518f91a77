package org.flowshield.contracts.sending;

import java.math.BigInteger;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Wei;

/**
 * What a call would cost if it were sent now. Immutable.
 *
 * @param gasLimit units of gas that it may use; what it leaves is not paid
 */
public record Preview(Call call, EvmAddress from, long gasLimit, Fees fees) {

    /** The most that leaves the wallet: gas and what the call itself pays. */
    public Wei atMost() {
        return fee().plus(call.value());
    }

    /** The most that the gas can cost. */
    public Wei fee() {
        return new Wei(fees.max().units().multiply(BigInteger.valueOf(gasLimit)));
    }
}

package org.flowshield.node.settlement;

import org.flowshield.contracts.channels.ChannelState;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.Claim;
import org.flowshield.contracts.payment.SignedVoucher;

/**
 * A voucher and what the chain says of its channel. Immutable.
 *
 * @param key of the channel, which the contract does not keep
 */
record Claimable(ChannelKey key, SignedVoucher voucher, ChannelState state) {

    ChannelId channel() {
        return voucher.voucher().channel();
    }

    /** What redeeming the voucher would bring now. */
    TokenAmount payable() {
        TokenAmount owed = voucher.voucher().cumulative().min(state.deposit());
        return switch (state.status()) {
            case OPEN, CLOSING ->
                    owed.isMoreThan(state.claimed())
                            ? owed.minus(state.claimed())
                            : TokenAmount.ZERO;
            case NONE, CLOSED -> TokenAmount.ZERO;
        };
    }

    Claim claim() {
        return new Claim(key, voucher);
    }
}

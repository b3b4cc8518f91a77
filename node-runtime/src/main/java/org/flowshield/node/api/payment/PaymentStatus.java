package org.flowshield.node.api.payment;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.node.api.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How a node stands with money. What comes from the chain is as the chain last said it. Immutable.
 *
 * @param network null: payment is not configured
 * @param signer who signs vouchers for this node; the wallet gives it its authorisation
 * @param operator who pays the gas of this node's own transactions
 * @param operatorGas what it has for that; null while the chain has not said
 * @param wallet whose purse pays; null if none is configured
 * @param purse what is in it, free for channels; null while that is not known
 * @param authorisation null if the wallet gave none, or while that is not known
 * @param spending null while the ledger can't be used
 * @param paid by all vouchers that this node has signed
 * @param earned by all vouchers that were signed to this node
 * @param settled of what was earned, paid out on the chain
 * @param problem the first thing that stands in the way of paying or being paid; null if nothing
 *     does
 */
public record PaymentStatus(
        @Nullable NetworkStatus network,
        @Nullable EvmAddress signer,
        @Nullable EvmAddress operator,
        @Nullable Wei operatorGas,
        @Nullable EvmAddress wallet,
        @Nullable TokenAmount purse,
        @Nullable Authorisation authorisation,
        @Nullable Spending spending,
        TokenAmount paid,
        TokenAmount earned,
        TokenAmount settled,
        @Nullable Problem problem) {

    /** Of a node that neither pays nor is paid. */
    public static PaymentStatus none(@Nullable Problem problem) {
        return new PaymentStatus(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                TokenAmount.ZERO,
                TokenAmount.ZERO,
                TokenAmount.ZERO,
                problem);
    }
}

package org.flowshield.contracts.channels;

import java.util.List;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.Claim;
import org.flowshield.contracts.payment.CooperativeClose;
import org.flowshield.contracts.payment.RelayedOrder;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.token.SignedPermit;
import org.jspecify.annotations.Nullable;

/** What the channels contract can be asked to do. Pure: nothing is sent by these. */
public interface ChannelCalls {

    /**
     * Into the purse of {@code owner}, from the sender, who has allowed the contract to take it.
     */
    Call deposit(EvmAddress owner, TokenAmount amount);

    /** The same with a permit of the sender. */
    Call depositWithPermit(EvmAddress owner, TokenAmount amount, SignedPermit permit);

    /** From the sender's purse. */
    Call withdraw(EvmAddress to, TokenAmount amount);

    /** Lets a session signer lock money of the sender's purse; {@link Caps#NONE} ends it. */
    Call authorise(EvmAddress signer, Caps caps);

    /** Lets another key close channels to the sender, or no longer. */
    Call setOperator(EvmAddress operator, boolean allowed);

    /** By the channel's signer or payer. */
    Call open(ChannelKey key, TokenAmount amount, Bytes32 offer);

    /** By the channel's signer or payer. */
    Call topUp(ChannelKey key, TokenAmount amount);

    /** By anybody; the payee is paid. */
    Call claim(Claim claim);

    /** By anybody; what fails is left out. At most 64. */
    Call claimMany(List<Claim> claims);

    /** Redeems the voucher and closes; by the payee or its operator. */
    Call claimAndClose(Claim claim);

    /** Closes without a voucher what is claimed as far as it goes; by the payee or its operator. */
    Call close(ChannelKey key, TokenAmount claimed);

    /**
     * Closes at once, by anybody.
     *
     * @param voucher of as much as the closing says; none if that much is claimed already
     */
    Call cooperativeClose(
            ChannelKey key,
            CooperativeClose close,
            Signature byPayee,
            @Nullable SignedVoucher voucher);

    /** Begins to close without the payee; by the channel's signer or payer. */
    Call startClose(ChannelKey key);

    /** Ends what {@link #startClose} began, 24 hours later; by anybody. */
    Call finishClose(ChannelKey key);

    /**
     * Carries an order that only needs itself. Orders about a channel need its key as well.
     *
     * @param fee for the carrier, at most what the order allows
     * @param permit for a deposit, if the contract is not allowed the amount already
     */
    Call carry(
            RelayedOrder order,
            Signature signature,
            TokenAmount fee,
            @Nullable SignedPermit permit);

    /** Carries an order about this channel. */
    Call carry(ChannelKey key, RelayedOrder order, Signature signature, TokenAmount fee);
}

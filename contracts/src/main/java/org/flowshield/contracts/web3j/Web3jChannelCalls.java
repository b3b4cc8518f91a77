package org.flowshield.contracts.web3j;

import static org.flowshield.contracts.generated.PaymentChannels.*;

import java.math.BigInteger;
import java.util.List;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.channels.ChannelCalls;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.Claim;
import org.flowshield.contracts.payment.CooperativeClose;
import org.flowshield.contracts.payment.RelayedOrder;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.token.SignedPermit;
import org.jspecify.annotations.Nullable;

/** Encodes calls of the channels contract by its generated wrapper. Pure. */
final class Web3jChannelCalls implements ChannelCalls {

    private static final byte[] NO_SIGNATURE = {};

    private final Wrapped<org.flowshield.contracts.generated.PaymentChannels> contract;

    Web3jChannelCalls(Wrapped<org.flowshield.contracts.generated.PaymentChannels> contract) {
        this.contract = contract;
    }

    @Override
    public Call deposit(EvmAddress owner, TokenAmount amount) {
        return contract.call(
                "deposits " + amount, c -> c.deposit(owner.toString(), amount.units()));
    }

    @Override
    public Call depositWithPermit(EvmAddress owner, TokenAmount amount, SignedPermit permit) {
        return contract.call(
                "deposits " + amount,
                c ->
                        c.depositWithPermit(
                                owner.toString(),
                                amount.units(),
                                Wrapped.permit(permit, Permit::new)));
    }

    @Override
    public Call withdraw(EvmAddress to, TokenAmount amount) {
        return contract.call(
                "takes " + amount + " out of the purse to " + to,
                c -> c.withdraw(to.toString(), amount.units()));
    }

    @Override
    public Call authorise(EvmAddress signer, Caps caps) {
        return contract.call(
                caps.equals(Caps.NONE)
                        ? "takes its authority from the session signer " + signer
                        : "lets the session signer " + signer + " lock up to " + caps.total(),
                c -> c.authorise(signer.toString(), caps(caps)));
    }

    @Override
    public Call setOperator(EvmAddress operator, boolean allowed) {
        return contract.call(
                (allowed ? "lets " : "no longer lets ") + operator + " close channels",
                c -> c.setOperator(operator.toString(), allowed));
    }

    @Override
    public Call open(ChannelKey key, TokenAmount amount, Bytes32 offer) {
        return contract.call(
                "opens a channel to " + key.payee() + " with " + amount,
                c -> c.open(key(key), amount.units(), offer.bytes()));
    }

    @Override
    public Call topUp(ChannelKey key, TokenAmount amount) {
        return contract.call(
                "adds " + amount + " to the channel to " + key.payee(),
                c -> c.topUp(key(key), amount.units()));
    }

    @Override
    public Call claim(Claim claim) {
        Voucher voucher = claim.voucher().voucher();
        return contract.call(
                "redeems a voucher over " + voucher.cumulative(),
                c ->
                        c.claim(
                                key(claim.key()),
                                voucher.cumulative().units(),
                                BigInteger.valueOf(voucher.bytesServed()),
                                claim.voucher().signature().bytes()));
    }

    @Override
    public Call claimMany(List<Claim> claims) {
        return contract.call(
                "redeems " + claims.size() + " vouchers",
                c -> c.claimMany(claims.stream().map(Web3jChannelCalls::claimed).toList()));
    }

    private static org.flowshield.contracts.generated.PaymentChannels.Claim claimed(Claim claim) {
        Voucher voucher = claim.voucher().voucher();
        return new org.flowshield.contracts.generated.PaymentChannels.Claim(
                key(claim.key()),
                voucher.cumulative().units(),
                BigInteger.valueOf(voucher.bytesServed()),
                claim.voucher().signature().bytes());
    }

    @Override
    public Call claimAndClose(Claim claim) {
        Voucher voucher = claim.voucher().voucher();
        return contract.call(
                "redeems a voucher over " + voucher.cumulative() + " and closes the channel",
                c ->
                        c.claimAndClose(
                                key(claim.key()),
                                voucher.cumulative().units(),
                                BigInteger.valueOf(voucher.bytesServed()),
                                claim.voucher().signature().bytes()));
    }

    @Override
    public Call close(ChannelKey key, TokenAmount claimed) {
        return contract.call(
                "closes the channel from " + key.payer(),
                c -> c.claimAndClose(key(key), claimed.units(), BigInteger.ZERO, NO_SIGNATURE));
    }

    @Override
    public Call cooperativeClose(
            ChannelKey key,
            CooperativeClose close,
            Signature byPayee,
            @Nullable SignedVoucher voucher) {
        byte[] voucherSignature = voucher == null ? NO_SIGNATURE : voucher.signature().bytes();
        long bytesServed = voucher == null ? 0 : voucher.voucher().bytesServed();
        return contract.call(
                "closes the channel to " + key.payee() + " in agreement",
                c ->
                        c.cooperativeClose(
                                key(key),
                                close.finalCumulative().units(),
                                BigInteger.valueOf(bytesServed),
                                voucherSignature,
                                byPayee.bytes()));
    }

    @Override
    public Call startClose(ChannelKey key) {
        return contract.call(
                "begins to close the channel to " + key.payee(), c -> c.startClose(key(key)));
    }

    @Override
    public Call finishClose(ChannelKey key) {
        return contract.call(
                "ends the closing of the channel to " + key.payee(), c -> c.finishClose(key(key)));
    }

    @Override
    public Call carry(
            RelayedOrder order,
            Signature signature,
            TokenAmount fee,
            @Nullable SignedPermit permit) {
        byte[] signed = signature.bytes();
        Meta meta = Wrapped.meta(order.terms(), fee, Meta::new);
        return switch (order) {
            case RelayedOrder.Deposit o ->
                    contract.call(
                            "deposits " + o.amount() + " for " + o.owner(),
                            c ->
                                    c.depositFor(
                                            o.owner().toString(),
                                            o.amount().units(),
                                            o.nonce(),
                                            meta,
                                            signed,
                                            Wrapped.permit(permit, Permit::new)));
            case RelayedOrder.Withdraw o ->
                    contract.call(
                            "takes " + o.amount() + " out of the purse of " + o.owner(),
                            c ->
                                    c.withdrawFor(
                                            o.owner().toString(),
                                            o.to().toString(),
                                            o.amount().units(),
                                            o.nonce(),
                                            meta,
                                            signed));
            case RelayedOrder.Authorise o ->
                    contract.call(
                            "sets what a session signer of " + o.owner() + " may lock",
                            c ->
                                    c.authoriseFor(
                                            o.owner().toString(),
                                            o.signer().toString(),
                                            caps(o.caps()),
                                            o.nonce(),
                                            meta,
                                            signed));
            case RelayedOrder.SetOperator o ->
                    contract.call(
                            "sets an operator of " + o.payee(),
                            c ->
                                    c.setOperatorFor(
                                            o.payee().toString(),
                                            o.operator().toString(),
                                            o.allowed(),
                                            o.nonce(),
                                            meta,
                                            signed));
            case RelayedOrder.Open _, RelayedOrder.TopUp _, RelayedOrder.StartClose _ ->
                    throw new IllegalArgumentException("an order about a channel needs its key");
        };
    }

    @Override
    public Call carry(ChannelKey key, RelayedOrder order, Signature signature, TokenAmount fee) {
        byte[] signed = signature.bytes();
        Meta meta = Wrapped.meta(order.terms(), fee, Meta::new);
        return switch (order) {
            case RelayedOrder.Open o ->
                    contract.call(
                            "opens a channel of " + key.payer() + " with " + o.amount(),
                            c ->
                                    c.openFor(
                                            key(key),
                                            o.amount().units(),
                                            o.offer().bytes(),
                                            meta,
                                            signed));
            case RelayedOrder.TopUp o ->
                    contract.call(
                            "adds " + o.amount() + " to a channel of " + key.payer(),
                            c -> c.topUpFor(key(key), o.amount().units(), o.nonce(), meta, signed));
            case RelayedOrder.StartClose _ ->
                    contract.call(
                            "begins to close a channel of " + key.payer(),
                            c -> c.startCloseFor(key(key), meta, signed));
            case RelayedOrder.Deposit _,
                    RelayedOrder.Withdraw _,
                    RelayedOrder.Authorise _,
                    RelayedOrder.SetOperator _ ->
                    throw new IllegalArgumentException("this order is about no channel");
        };
    }

    private static org.flowshield.contracts.generated.PaymentChannels.ChannelKey key(
            ChannelKey key) {
        return new org.flowshield.contracts.generated.PaymentChannels.ChannelKey(
                key.payer().toString(),
                key.payee().toString(),
                key.signer().toString(),
                key.salt().bytes());
    }

    private static org.flowshield.contracts.generated.PaymentChannels.Caps caps(Caps caps) {
        return new org.flowshield.contracts.generated.PaymentChannels.Caps(
                caps.total().units(),
                caps.perPayee().units(),
                BigInteger.valueOf(caps.expiry().getEpochSecond()));
    }
}

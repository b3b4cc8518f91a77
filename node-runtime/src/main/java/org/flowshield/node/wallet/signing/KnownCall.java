package org.flowshield.node.wallet.signing;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Words;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.node.wallet.signing.MalformedRequestException.Reason;

/**
 * A call of a contract that the wallet understands. What is not among these is not signed: a call
 * that nobody can read may give everything away. Immutable.
 */
public sealed interface KnownCall
        permits KnownCall.Transfer,
                KnownCall.Approve,
                KnownCall.Deposit,
                KnownCall.DepositWithPermit,
                KnownCall.Withdraw,
                KnownCall.Authorise,
                KnownCall.SetOperator,
                IdentityCall,
                ProviderCall,
                StakeCall {

    /** As it stands in a transaction: four bytes that name the function, then its arguments. */
    byte[] encode();

    /** What it does, in words; the contract is told beside it. */
    Summary summary();

    /** Sends tokens. */
    record Transfer(EvmAddress to, TokenAmount amount) implements KnownCall {

        private static final Bytes32 SELECTOR = Keccak256.hash("transfer(address,uint256)");

        @Override
        public byte[] encode() {
            return CallArguments.call(SELECTOR, new Words(2).put(to).put(amount));
        }

        @Override
        public Summary summary() {
            return Summary.of("send tokens")
                    .line("amount", amount.decimal() + " of the token")
                    .line("to", to)
                    .build();
        }
    }

    /** Lets another take tokens. */
    record Approve(EvmAddress spender, TokenAmount amount) implements KnownCall {

        private static final Bytes32 SELECTOR = Keccak256.hash("approve(address,uint256)");

        @Override
        public byte[] encode() {
            return CallArguments.call(SELECTOR, new Words(2).put(spender).put(amount));
        }

        @Override
        public Summary summary() {
            return Summary.of("let another take tokens")
                    .line("amount", "up to " + amount.decimal() + " of the token")
                    .line("taken by", spender)
                    .build();
        }
    }

    /** Puts allowed tokens into a purse. */
    record Deposit(EvmAddress owner, TokenAmount amount) implements KnownCall {

        private static final Bytes32 SELECTOR = Keccak256.hash("deposit(address,uint96)");

        @Override
        public byte[] encode() {
            return CallArguments.call(SELECTOR, new Words(2).put(owner).put(amount));
        }

        @Override
        public Summary summary() {
            return Summary.of("put money into a purse")
                    .line("amount", amount)
                    .line("purse of", owner)
                    .build();
        }
    }

    /** Puts tokens into a purse with the permit to take them. */
    record DepositWithPermit(
            EvmAddress owner, TokenAmount amount, Instant deadline, Signature permit)
            implements KnownCall {

        private static final Bytes32 SELECTOR =
                Keccak256.hash("depositWithPermit(address,uint96,(uint256,uint8,bytes32,bytes32))");

        @Override
        public byte[] encode() {
            return CallArguments.call(
                    SELECTOR,
                    new Words(6)
                            .put(owner)
                            .put(amount)
                            .put(deadline.getEpochSecond())
                            .put(permit.v())
                            .put(permit.r())
                            .put(permit.s()));
        }

        @Override
        public Summary summary() {
            return new Deposit(owner, amount).summary();
        }
    }

    /** Takes money out of the sender's purse. */
    record Withdraw(EvmAddress to, TokenAmount amount) implements KnownCall {

        private static final Bytes32 SELECTOR = Keccak256.hash("withdraw(address,uint96)");

        @Override
        public byte[] encode() {
            return CallArguments.call(SELECTOR, new Words(2).put(to).put(amount));
        }

        @Override
        public Summary summary() {
            return Summary.of("take money out of the purse")
                    .line("amount", amount)
                    .line("to", to)
                    .build();
        }
    }

    /** Lets a signer open channels from the sender's purse, within caps. */
    record Authorise(EvmAddress signer, Caps caps) implements KnownCall {

        private static final Bytes32 SELECTOR =
                Keccak256.hash("authorise(address,(uint96,uint96,uint48))");

        @Override
        public byte[] encode() {
            return CallArguments.call(
                    SELECTOR,
                    new Words(4)
                            .put(signer)
                            .put(caps.total())
                            .put(caps.perPayee())
                            .put(caps.expiry().getEpochSecond()));
        }

        @Override
        public Summary summary() {
            return authority(signer, caps);
        }
    }

    /** Lets an operator close channels to the sender, or takes that away. */
    record SetOperator(EvmAddress operator, boolean allowed) implements KnownCall {

        private static final Bytes32 SELECTOR = Keccak256.hash("setOperator(address,bool)");

        @Override
        public byte[] encode() {
            return CallArguments.call(SELECTOR, new Words(2).put(operator).put(allowed ? 1L : 0L));
        }

        @Override
        public Summary summary() {
            return Summary.of(
                            allowed
                                    ? "let an operator close channels that pay you"
                                    : "take an operator's right to close channels away")
                    .line("amount", "0 FLOW: nothing is sent")
                    .line("operator", operator)
                    .build();
        }
    }

    /** What it means that a signer has these caps. */
    static Summary authority(EvmAddress signer, Caps caps) {
        if (caps.equals(Caps.NONE)) {
            return Summary.of("take a signer's right to the purse away")
                    .line("amount", "0 FLOW from now on")
                    .line("signer", signer)
                    .build();
        }
        return Summary.of("let a signer pay providers from the purse")
                .line("amount", "up to " + caps.total() + " in all")
                .line("each provider", "up to " + caps.perPayee())
                .line("until", caps.expiry())
                .line("signer", signer)
                .build();
    }

    /**
     * Reads a call.
     *
     * @throws MalformedRequestException if it is none of these, or not written as they are
     */
    static KnownCall parse(byte[] data) throws MalformedRequestException {
        CallArguments arguments = new CallArguments(data);
        KnownCall call = read(arguments);
        if (!Arrays.equals(call.encode(), data)) {
            throw new MalformedRequestException(
                    Reason.ARGUMENTS, "the call's arguments are not written as they should be");
        }
        return call;
    }

    private static KnownCall read(CallArguments in) throws MalformedRequestException {
        if (in.isOf(Transfer.SELECTOR)) {
            return new Transfer(in.address(), in.amount());
        }
        if (in.isOf(Approve.SELECTOR)) {
            return new Approve(in.address(), in.amount());
        }
        if (in.isOf(Deposit.SELECTOR)) {
            return new Deposit(in.address(), in.amount());
        }
        if (in.isOf(DepositWithPermit.SELECTOR)) {
            return new DepositWithPermit(in.address(), in.amount(), in.time(), in.signature());
        }
        if (in.isOf(Withdraw.SELECTOR)) {
            return new Withdraw(in.address(), in.amount());
        }
        if (in.isOf(Authorise.SELECTOR)) {
            return new Authorise(in.address(), in.caps());
        }
        if (in.isOf(SetOperator.SELECTOR)) {
            return new SetOperator(in.address(), in.flag());
        }
        Optional<? extends KnownCall> ofNode = IdentityCall.read(in);
        if (ofNode.isEmpty()) {
            ofNode = ProviderCall.read(in);
        }
        if (ofNode.isEmpty()) {
            ofNode = StakeCall.read(in);
        }
        return ofNode.orElseThrow(
                () ->
                        new MalformedRequestException(
                                Reason.UNKNOWN_CALL,
                                "the wallet does not know what this call of a contract does, so it"
                                        + " does not sign it"));
    }
}

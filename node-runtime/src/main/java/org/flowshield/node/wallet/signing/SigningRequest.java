package org.flowshield.node.wallet.signing;

import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.RelayedOrder;
import org.flowshield.contracts.registry.RegistryOrder;
import org.flowshield.contracts.sending.Preview;
import org.flowshield.contracts.sending.UnsignedTransaction;
import org.flowshield.contracts.signing.Eip712Domain;
import org.flowshield.contracts.token.Permit;
import org.flowshield.node.wallet.signing.MalformedRequestException.Reason;

/**
 * What a wallet is asked to sign. The digest is made here, of what is shown: nobody can show one
 * thing and have another signed. Immutable.
 */
public sealed interface SigningRequest {

    /** Whose signature is asked for. */
    EvmAddress from();

    /**
     * What it would do.
     *
     * @throws MalformedRequestException if that can't be told
     */
    Summary summary() throws MalformedRequestException;

    /** What is signed. */
    Bytes32 digest();

    /** A transaction of the wallet. */
    record Transaction(UnsignedTransaction unsigned) implements SigningRequest {

        @Override
        public EvmAddress from() {
            return unsigned.preview().from();
        }

        @Override
        public Summary summary() throws MalformedRequestException {
            Preview preview = unsigned.preview();
            EvmAddress to = receiver(preview);
            Wei value = preview.call().value();
            Summary.Builder summary;
            if (preview.call().data().length == 0) {
                summary = payment(to, value);
            } else if (value.isZero()) {
                Summary call = KnownCall.parse(preview.call().data()).summary();
                summary = Summary.of(call.action()).lines(call.lines()).line("contract", to);
            } else {
                throw new MalformedRequestException(
                        Reason.UNSUPPORTED,
                        "the transaction calls a contract and pays it at once; the wallet signs"
                                + " no such thing");
            }
            return summary.line("chain", unsigned.chain())
                    .line("from", from())
                    .line("fee", "at most " + preview.fee().in(COIN))
                    .line("number", unsigned.nonce())
                    .build();
        }

        private static EvmAddress receiver(Preview preview) throws MalformedRequestException {
            Optional<EvmAddress> to = preview.call().to();
            return to.orElseThrow(
                    () ->
                            new MalformedRequestException(
                                    Reason.UNSUPPORTED,
                                    "the transaction makes a contract; the wallet signs no such"
                                            + " thing"));
        }

        private static Summary.Builder payment(EvmAddress to, Wei value) {
            return Summary.of("send " + COIN).line("amount", value.in(COIN)).line("to", to);
        }

        @Override
        public Bytes32 digest() {
            return unsigned.digest();
        }
    }

    /** Lets a spender take tokens, without a transaction by the wallet (EIP-2612). */
    record TokenPermit(TypedDomain token, Permit permit) implements SigningRequest {

        @Override
        public EvmAddress from() {
            return permit.owner();
        }

        @Override
        public Summary summary() {
            return Summary.of("let another take tokens")
                    .line("amount", "up to " + permit.amount().decimal() + " of the token")
                    .line("taken by", permit.spender())
                    .line("until", permit.deadline())
                    .line("token", token.contract() + " (" + token.name() + ")")
                    .line("chain", token.chain())
                    .line("from", permit.owner())
                    .build();
        }

        @Override
        public Bytes32 digest() {
            return permit.digest(
                    Eip712Domain.of(
                            token.name(), token.version(), token.chain(), token.contract()));
        }
    }

    /**
     * An order to the channels contract that a relayer carries there, who is repaid from the purse.
     */
    record PurseOrder(ChannelDomain channels, RelayedOrder order) implements SigningRequest {

        /**
         * Takes an order of the wallet.
         *
         * @throws IllegalArgumentException if it is an order of a session's signer
         */
        public PurseOrder {
            EvmAddress _ = owner(order);
        }

        @Override
        public EvmAddress from() {
            return owner(order);
        }

        @Override
        public Summary summary() {
            Summary what =
                    switch (order) {
                        case RelayedOrder.Deposit deposit ->
                                new KnownCall.Deposit(deposit.owner(), deposit.amount()).summary();
                        case RelayedOrder.Withdraw withdraw ->
                                new KnownCall.Withdraw(withdraw.to(), withdraw.amount()).summary();
                        case RelayedOrder.Authorise authorise ->
                                KnownCall.authority(authorise.signer(), authorise.caps());
                        case RelayedOrder.SetOperator set ->
                                Summary.of(
                                                set.allowed()
                                                        ? "let an operator close your channels"
                                                        : "take an operator's right away")
                                        .line("amount", "none: it never moves money elsewhere")
                                        .line("operator", set.operator())
                                        .build();
                        case RelayedOrder.TopUp _, RelayedOrder.Open _, RelayedOrder.StartClose _ ->
                                throw new IllegalStateException("refused when it was made");
                    };
            return Summary.of(what.action())
                    .lines(what.lines())
                    .line("contract", channels.contract())
                    .line("chain", channels.chain())
                    .line("from", from())
                    .line("fee", "at most " + order.terms().maxFee() + ", to who carries it")
                    .line("void after", order.terms().deadline())
                    .build();
        }

        @Override
        public Bytes32 digest() {
            return order.digest(channels);
        }

        private static EvmAddress owner(RelayedOrder order) {
            return switch (order) {
                case RelayedOrder.Deposit deposit -> deposit.owner();
                case RelayedOrder.Withdraw withdraw -> withdraw.owner();
                case RelayedOrder.Authorise authorise -> authorise.owner();
                case RelayedOrder.SetOperator set -> set.payee();
                case RelayedOrder.TopUp _, RelayedOrder.Open _, RelayedOrder.StartClose _ ->
                        throw new IllegalArgumentException(
                                "orders about one channel are signed by its signer");
            };
        }
    }

    /**
     * An order about a node of the wallet that a relayer carries to a registry, who is paid from
     * the wallet for it.
     *
     * @param registry of identities or of providers, as the order has it
     */
    record NodeOrder(ChainId chain, EvmAddress registry, RegistryOrder order)
            implements SigningRequest {

        /**
         * Takes an order that can be shown.
         *
         * @throws IllegalArgumentException if it has a text that can't
         */
        public NodeOrder {
            if (order instanceof RegistryOrder.Register register
                    && !register.uri().chars().allMatch(c -> c > ' ' && c <= '~')) {
                throw new IllegalArgumentException("a text has characters that can't be shown");
            }
        }

        @Override
        public EvmAddress from() {
            return order.wallet();
        }

        @Override
        public Summary summary() {
            Summary what =
                    switch (order) {
                        case RegistryOrder.Bind bind ->
                                new IdentityCall.Bind(bind.nodeKey(), bind.proof(), bind.roles())
                                        .summary();
                        case RegistryOrder.Revoke revoke ->
                                new IdentityCall.Revoke(revoke.nodeKey()).summary();
                        case RegistryOrder.Register register ->
                                new ProviderCall.Register(
                                                register.nodeKey(),
                                                register.descriptionHash(),
                                                register.uri())
                                        .summary();
                    };
            return Summary.of(what.action())
                    .line("amount", "0 FLOW but for the fee")
                    .lines(
                            what.lines().stream()
                                    .filter(line -> !line.label().equals("amount"))
                                    .toList())
                    .line("contract", registry)
                    .line("chain", chain)
                    .line("from", from())
                    .line("fee", "at most " + order.terms().maxFee() + ", to who carries it")
                    .line("void after", order.terms().deadline())
                    .build();
        }

        @Override
        public Bytes32 digest() {
            return order.digest(chain, registry);
        }
    }

    /** The wallet does not know what the chain calls its coin. */
    String COIN = "of the chain's coin";
}

package org.flowshield.node.payment.relay;

import static org.flowshield.node.payment.relay.MalformedRelayException.Reason;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.RelayTerms;
import org.flowshield.contracts.payment.RelayedOrder;
import org.flowshield.contracts.registry.RegistryOrder;
import org.flowshield.contracts.signing.MalformedSignatureException;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.token.Permit;
import org.flowshield.contracts.token.SignedPermit;
import org.flowshield.node.payment.relay.CarriedOrder.OfChannel;
import org.flowshield.node.payment.relay.CarriedOrder.OfNode;
import org.flowshield.node.payment.relay.CarriedOrder.OfPurse;
import org.flowshield.node.payment.relay.RelayAnswer.Carried;
import org.flowshield.node.payment.relay.RelayAnswer.Refused;
import org.flowshield.node.payment.relay.RelayAnswer.Terms;
import org.jspecify.annotations.Nullable;

/**
 * Messages of the relay protocol as protobuf (relay.proto), without their length. Whatever is
 * parsed can be shown to the contract, also when the peer is hostile; whether that takes it is
 * another matter. Stateless.
 */
public final class RelayWire {

    /** Bytes of one message: the largest, a registration with its permit, has less than 700. */
    static final int MAX_MESSAGE = 1024;

    /** What the contract stores of an amount: 96 bits. */
    private static final int AMOUNT_LENGTH = 12;

    /** A word of the chain. */
    private static final int NUMBER_LENGTH = 32;

    /** In the year 36,812 the clock of this protocol ends. */
    private static final long LAST_SECOND = (1L << 40) - 1;

    private RelayWire() {}

    // ---- requests ----

    static byte[] encode(RelayRequest request) {
        return switch (request) {
            case RelayRequest.Ask _ ->
                    RelayProtos.Carry.newBuilder()
                            .setAsk(RelayProtos.Ask.getDefaultInstance())
                            .build()
                            .toByteArray();
            case CarriedOrder order -> encode(order);
        };
    }

    private static byte[] encode(CarriedOrder carried) {
        RelayProtos.Carry.Builder carry =
                RelayProtos.Carry.newBuilder()
                        .setMaxFee(number(carried.terms().maxFee().units()))
                        .setDeadline(carried.terms().deadline().getEpochSecond())
                        .setSignature(ByteString.copyFrom(carried.signature().bytes()));
        switch (carried) {
            case OfChannel(RelayedOrder.Open open, _, ChannelKey channel) ->
                    carry.getOpenBuilder()
                            .setChannel(encode(channel))
                            .setAmount(number(open.amount().units()))
                            .setOfferHash(ByteString.copyFrom(open.offer().bytes()));
            case OfChannel(RelayedOrder.TopUp topUp, _, ChannelKey channel) ->
                    carry.getTopUpBuilder()
                            .setChannel(encode(channel))
                            .setAmount(number(topUp.amount().units()))
                            .setNonce(number(topUp.nonce()));
            case OfChannel(RelayedOrder.StartClose _, _, ChannelKey channel) ->
                    carry.getStartCloseBuilder().setChannel(encode(channel));
            case OfChannel(RelayedOrder other, _, _) ->
                    throw new IllegalArgumentException("not carried: " + other);
            case OfPurse(RelayedOrder.Deposit deposit, _, Optional<SignedPermit> permit) -> {
                RelayProtos.Deposit.Builder builder =
                        carry.getDepositBuilder()
                                .setOwner(ByteString.copyFrom(deposit.owner().bytes()))
                                .setAmount(number(deposit.amount().units()))
                                .setNonce(number(deposit.nonce()));
                permit.ifPresent(
                        some ->
                                builder.setPermitDeadline(some.permit().deadline().getEpochSecond())
                                        .setPermitNonce(number(some.permit().nonce()))
                                        .setPermitSignature(
                                                ByteString.copyFrom(some.signature().bytes())));
            }
            case OfNode(RegistryOrder order, _, Optional<SignedPermit> permit) ->
                    encode(order, permit.map(RelayWire::permit), carry);
        }
        return carry.build().toByteArray();
    }

    private static void encode(
            RegistryOrder order,
            Optional<RelayProtos.Permit> permit,
            RelayProtos.Carry.Builder carry) {
        ByteString wallet = ByteString.copyFrom(order.wallet().bytes());
        ByteString nodeKey = ByteString.copyFrom(order.nodeKey().bytes());
        switch (order) {
            case RegistryOrder.Bind bind -> {
                RelayProtos.Bind.Builder builder =
                        carry.getBindBuilder()
                                .setWallet(wallet)
                                .setNodeKey(nodeKey)
                                .setProof(ByteString.copyFrom(bind.proof()))
                                .setRoles((int) bind.roles());
                permit.ifPresent(builder::setPermit);
            }
            case RegistryOrder.Revoke _ -> {
                RelayProtos.Revoke.Builder builder =
                        carry.getRevokeBuilder().setWallet(wallet).setNodeKey(nodeKey);
                permit.ifPresent(builder::setPermit);
            }
            case RegistryOrder.Register register -> {
                RelayProtos.Register.Builder builder =
                        carry.getRegisterBuilder()
                                .setWallet(wallet)
                                .setNodeKey(nodeKey)
                                .setDescriptionHash(
                                        ByteString.copyFrom(register.descriptionHash().bytes()))
                                .setUri(register.uri())
                                .setNonce(number(register.nonce()));
                permit.ifPresent(builder::setPermit);
            }
        }
    }

    private static RelayProtos.Permit permit(SignedPermit permit) {
        return RelayProtos.Permit.newBuilder()
                .setDeadline(permit.permit().deadline().getEpochSecond())
                .setNonce(number(permit.permit().nonce()))
                .setSignature(ByteString.copyFrom(permit.signature().bytes()))
                .build();
    }

    /**
     * Parses a request.
     *
     * @param contracts that orders are for
     */
    static RelayRequest parseRequest(byte[] message, RelayContracts contracts)
            throws MalformedRelayException {
        RelayProtos.Carry carry;
        try {
            carry = RelayProtos.Carry.parseFrom(limited(message));
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedRelayException(Reason.NOT_PROTOBUF);
        }
        return carry.getOrderCase() == RelayProtos.Carry.OrderCase.ASK
                ? new RelayRequest.Ask()
                : order(carry, contracts);
    }

    private static CarriedOrder order(RelayProtos.Carry carry, RelayContracts contracts)
            throws MalformedRelayException {
        ChannelDomain domain = contracts.channels();
        RelayTerms terms = new RelayTerms(amount(carry.getMaxFee()), time(carry.getDeadline()));
        Signature signature = signature(carry.getSignature());
        return switch (carry.getOrderCase()) {
            case OPEN -> {
                ChannelKey channel = key(carry.getOpen().getChannel());
                yield new OfChannel(
                        new RelayedOrder.Open(
                                channel.id(domain),
                                amount(carry.getOpen().getAmount()),
                                hash(carry.getOpen().getOfferHash()),
                                terms),
                        signature,
                        channel);
            }
            case TOP_UP -> {
                ChannelKey channel = key(carry.getTopUp().getChannel());
                yield new OfChannel(
                        new RelayedOrder.TopUp(
                                channel.id(domain),
                                amount(carry.getTopUp().getAmount()),
                                number(carry.getTopUp().getNonce()),
                                terms),
                        signature,
                        channel);
            }
            case START_CLOSE -> {
                ChannelKey channel = key(carry.getStartClose().getChannel());
                yield new OfChannel(
                        new RelayedOrder.StartClose(channel.id(domain), terms), signature, channel);
            }
            case DEPOSIT -> deposit(carry.getDeposit(), terms, signature, domain);
            case BIND -> {
                RelayProtos.Bind bind = carry.getBind();
                yield node(
                        new RegistryOrder.Bind(
                                address(bind.getWallet()),
                                hash(bind.getNodeKey()),
                                proof(bind.getProof()),
                                Integer.toUnsignedLong(bind.getRoles()),
                                terms),
                        signature,
                        bind.hasPermit() ? bind.getPermit() : null,
                        contracts);
            }
            case REVOKE -> {
                RelayProtos.Revoke revoke = carry.getRevoke();
                yield node(
                        new RegistryOrder.Revoke(
                                address(revoke.getWallet()), hash(revoke.getNodeKey()), terms),
                        signature,
                        revoke.hasPermit() ? revoke.getPermit() : null,
                        contracts);
            }
            case REGISTER -> {
                RelayProtos.Register register = carry.getRegister();
                yield node(
                        new RegistryOrder.Register(
                                address(register.getWallet()),
                                hash(register.getNodeKey()),
                                hash(register.getDescriptionHash()),
                                uri(register.getUri()),
                                number(register.getNonce()),
                                terms),
                        signature,
                        register.hasPermit() ? register.getPermit() : null,
                        contracts);
            }
            case ASK, ORDER_NOT_SET -> throw new MalformedRelayException(Reason.EMPTY);
        };
    }

    private static OfNode node(
            RegistryOrder order,
            Signature signature,
            RelayProtos.@Nullable Permit permit,
            RelayContracts contracts)
            throws MalformedRelayException {
        Optional<SignedPermit> signed =
                permit == null
                        ? Optional.empty()
                        : Optional.of(
                                new SignedPermit(
                                        new Permit(
                                                order.wallet(),
                                                contracts.registryOf(order),
                                                order.terms().maxFee(),
                                                number(permit.getNonce()),
                                                time(permit.getDeadline())),
                                        signature(permit.getSignature())));
        return new OfNode(order, signature, signed);
    }

    private static OfPurse deposit(
            RelayProtos.Deposit deposit,
            RelayTerms terms,
            Signature signature,
            ChannelDomain domain)
            throws MalformedRelayException {
        EvmAddress owner = address(deposit.getOwner());
        TokenAmount amount = amount(deposit.getAmount());
        Optional<SignedPermit> permit =
                deposit.getPermitSignature().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new SignedPermit(
                                        new Permit(
                                                owner,
                                                domain.contract(),
                                                amount,
                                                number(deposit.getPermitNonce()),
                                                time(deposit.getPermitDeadline())),
                                        signature(deposit.getPermitSignature())));
        return new OfPurse(
                new RelayedOrder.Deposit(owner, amount, number(deposit.getNonce()), terms),
                signature,
                permit);
    }

    // ---- answers ----

    static byte[] encode(RelayAnswer answer) {
        RelayProtos.Answer.Builder builder = RelayProtos.Answer.newBuilder();
        switch (answer) {
            case Carried(TransactionHash transaction) ->
                    builder.getCarriedBuilder()
                            .setTransaction(ByteString.copyFrom(transaction.value().bytes()));
            case Refused(Refused.Reason reason, String detail, TokenAmount fee) ->
                    builder.getRefusedBuilder()
                            .setReason(RelayProtos.Refused.Reason.valueOf(reason.name()))
                            .setDetail(detail)
                            .setFee(number(fee.units()));
            case Terms(
                            TokenAmount fee,
                            ChainId chain,
                            EvmAddress identities,
                            EvmAddress providers) ->
                    builder.getTermsBuilder()
                            .setFee(number(fee.units()))
                            .setChainId(chain.value())
                            .setIdentities(ByteString.copyFrom(identities.bytes()))
                            .setProviders(ByteString.copyFrom(providers.bytes()));
        }
        return builder.build().toByteArray();
    }

    static RelayAnswer parseAnswer(byte[] message) throws MalformedRelayException {
        RelayProtos.Answer answer;
        try {
            answer = RelayProtos.Answer.parseFrom(limited(message));
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedRelayException(Reason.NOT_PROTOBUF);
        }
        return switch (answer.getAnswerCase()) {
            case CARRIED ->
                    new Carried(new TransactionHash(hash(answer.getCarried().getTransaction())));
            case REFUSED -> {
                RelayProtos.Refused refused = answer.getRefused();
                if (refused.getDetail().length() > Refused.MAX_TEXT) {
                    throw new MalformedRelayException(Reason.TEXT_TOO_LONG);
                }
                RelayProtos.Refused.Reason reason = refused.getReason();
                yield new Refused(
                        reason == RelayProtos.Refused.Reason.UNRECOGNIZED
                                ? Refused.Reason.UNSPECIFIED
                                : Refused.Reason.valueOf(reason.name()),
                        refused.getDetail(),
                        amount(refused.getFee()));
            }
            case TERMS ->
                    new Terms(
                            amount(answer.getTerms().getFee()),
                            chain(answer.getTerms().getChainId()),
                            address(answer.getTerms().getIdentities()),
                            address(answer.getTerms().getProviders()));
            case ANSWER_NOT_SET -> throw new MalformedRelayException(Reason.EMPTY);
        };
    }

    // ---- parts ----

    private static byte[] limited(byte[] message) throws MalformedRelayException {
        if (message.length > MAX_MESSAGE) {
            throw new MalformedRelayException(Reason.LENGTH_ABOVE_LIMIT);
        }
        return message;
    }

    private static RelayProtos.ChannelKey encode(ChannelKey key) {
        return RelayProtos.ChannelKey.newBuilder()
                .setPayer(ByteString.copyFrom(key.payer().bytes()))
                .setPayee(ByteString.copyFrom(key.payee().bytes()))
                .setSigner(ByteString.copyFrom(key.signer().bytes()))
                .setSalt(ByteString.copyFrom(key.salt().bytes()))
                .build();
    }

    private static ChannelKey key(RelayProtos.ChannelKey key) throws MalformedRelayException {
        return new ChannelKey(
                address(key.getPayer()),
                address(key.getPayee()),
                address(key.getSigner()),
                hash(key.getSalt()));
    }

    private static ByteString number(BigInteger number) {
        if (number.signum() == 0) {
            return ByteString.EMPTY;
        }
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return ByteString.copyFrom(bytes, sign, bytes.length - sign);
    }

    private static BigInteger number(ByteString bytes) throws MalformedRelayException {
        if (bytes.size() > NUMBER_LENGTH || (!bytes.isEmpty() && bytes.byteAt(0) == 0)) {
            throw new MalformedRelayException(Reason.NUMBER);
        }
        return new BigInteger(1, bytes.toByteArray());
    }

    private static TokenAmount amount(ByteString bytes) throws MalformedRelayException {
        if (bytes.size() > AMOUNT_LENGTH) {
            throw new MalformedRelayException(Reason.AMOUNT);
        }
        return new TokenAmount(number(bytes));
    }

    private static EvmAddress address(ByteString bytes) throws MalformedRelayException {
        if (bytes.size() != EvmAddress.LENGTH) {
            throw new MalformedRelayException(Reason.ADDRESS_LENGTH);
        }
        return new EvmAddress(bytes.toByteArray());
    }

    private static Bytes32 hash(ByteString bytes) throws MalformedRelayException {
        if (bytes.size() != Bytes32.LENGTH) {
            throw new MalformedRelayException(Reason.HASH_LENGTH);
        }
        return new Bytes32(bytes.toByteArray());
    }

    private static byte[] proof(ByteString bytes) throws MalformedRelayException {
        if (bytes.size() != RegistryOrder.Bind.PROOF_LENGTH) {
            throw new MalformedRelayException(Reason.PROOF_LENGTH);
        }
        return bytes.toByteArray();
    }

    /** What a wallet signs has only such characters as can be shown to its owner. */
    private static String uri(String text) throws MalformedRelayException {
        if (text.length() > RegistryOrder.Register.MAX_URI
                || !text.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new MalformedRelayException(Reason.URI);
        }
        return text;
    }

    private static ChainId chain(long id) throws MalformedRelayException {
        if (id <= 0) {
            throw new MalformedRelayException(Reason.CHAIN);
        }
        return new ChainId(id);
    }

    private static Instant time(long seconds) throws MalformedRelayException {
        if (seconds < 0 || seconds > LAST_SECOND) {
            throw new MalformedRelayException(Reason.TIME_OUT_OF_RANGE);
        }
        return Instant.ofEpochSecond(seconds);
    }

    private static Signature signature(ByteString bytes) throws MalformedRelayException {
        try {
            return Signature.parse(bytes.toByteArray());
        } catch (MalformedSignatureException e) {
            throw new MalformedRelayException(Reason.SIGNATURE);
        }
    }
}

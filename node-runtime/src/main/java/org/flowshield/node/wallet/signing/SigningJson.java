package org.flowshield.node.wallet.signing;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.contracts.evm.MalformedHexException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.RelayTerms;
import org.flowshield.contracts.payment.RelayedOrder;
import org.flowshield.contracts.registry.RegistryOrder;
import org.flowshield.contracts.sending.Fees;
import org.flowshield.contracts.sending.Preview;
import org.flowshield.contracts.sending.UnsignedTransaction;
import org.flowshield.contracts.token.Permit;
import org.flowshield.node.api.json.ApiJson;
import org.flowshield.node.wallet.signing.MalformedRequestException.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests as JSON: {@code {"kind":..., ...}}. Amounts are whole numbers of the smallest units, as
 * text, times are seconds since 1970.
 */
public final class SigningJson {

    private static final String KIND = "kind";

    private static final String TRANSACTION = "transaction";
    private static final String PERMIT = "permit";
    private static final String DEPOSIT = "deposit";
    private static final String WITHDRAW = "withdraw";
    private static final String AUTHORISE = "authorise";
    private static final String SET_OPERATOR = "set_operator";
    private static final String BIND_NODE = "bind_node";
    private static final String REVOKE_NODE = "revoke_node";
    private static final String REGISTER_PROVIDER = "register_provider";

    /** Sixteen arguments: more than any call that is known. */
    private static final int MAX_DATA = 4 + 16 * 32;

    private static final int MAX_PURPOSE = 200;

    /** A word of the chain has 78 digits. */
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,77}");

    private static final JsonMapper MAPPER =
            ApiJson.strict()
                    .rebuild()
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .build();

    private SigningJson() {}

    private record TransactionBody(
            long chainId,
            String from,
            long nonce,
            long gasLimit,
            String maxFee,
            String priorityFee,
            @Nullable String to,
            String value,
            String data,
            String purpose) {}

    private record PermitBody(
            long chainId,
            String token,
            String tokenName,
            String tokenVersion,
            String owner,
            String spender,
            String amount,
            String nonce,
            long deadline) {}

    private record DepositBody(
            long chainId,
            String channels,
            String owner,
            String amount,
            String nonce,
            String maxFee,
            long deadline) {}

    private record WithdrawBody(
            long chainId,
            String channels,
            String owner,
            String to,
            String amount,
            String nonce,
            String maxFee,
            long deadline) {}

    private record AuthoriseBody(
            long chainId,
            String channels,
            String owner,
            String signer,
            String total,
            String perPayee,
            long expiry,
            String nonce,
            String maxFee,
            long deadline) {}

    private record SetOperatorBody(
            long chainId,
            String channels,
            String payee,
            String operator,
            boolean allowed,
            String nonce,
            String maxFee,
            long deadline) {}

    private record BindNodeBody(
            long chainId,
            String registry,
            String wallet,
            String nodeKey,
            String proof,
            long roles,
            String maxFee,
            long deadline) {}

    private record RevokeNodeBody(
            long chainId,
            String registry,
            String wallet,
            String nodeKey,
            String maxFee,
            long deadline) {}

    private record RegisterProviderBody(
            long chainId,
            String registry,
            String wallet,
            String nodeKey,
            String descriptionHash,
            String uri,
            String nonce,
            String maxFee,
            long deadline) {}

    /** Writes a request. */
    public static JsonNode write(SigningRequest request) {
        return switch (request) {
            case SigningRequest.Transaction(UnsignedTransaction unsigned) ->
                    node(TRANSACTION, body(unsigned));
            case SigningRequest.TokenPermit(TypedDomain token, Permit permit) ->
                    node(PERMIT, body(token, permit));
            case SigningRequest.PurseOrder(ChannelDomain channels, RelayedOrder order) ->
                    order(channels, order);
            case SigningRequest.NodeOrder(
                            ChainId chain,
                            EvmAddress registry,
                            RegistryOrder order) ->
                    order(chain, registry, order);
        };
    }

    /** Reads what {@link #write} wrote, or anything else with suspicion. */
    public static SigningRequest read(@Nullable JsonNode json) throws MalformedRequestException {
        if (json == null || !(json.deepCopy() instanceof ObjectNode object)) {
            throw malformed("the request is not an object");
        }
        JsonNode kind = object.remove(KIND);
        try {
            return read(kind == null ? "" : kind.asString(""), object);
        } catch (JacksonException e) {
            throw malformed("a field of the request is missing, unknown, or of the wrong type");
        } catch (MalformedAddressException
                | MalformedHexException
                | IllegalArgumentException
                | NullPointerException
                | DateTimeException e) {
            throw malformed("a field of the request makes no sense: " + e.getMessage());
        }
    }

    private static SigningRequest read(String kind, ObjectNode json)
            throws MalformedRequestException, MalformedAddressException, MalformedHexException {
        return switch (kind) {
            case TRANSACTION -> transaction(body(json, TransactionBody.class));
            case PERMIT -> permit(body(json, PermitBody.class));
            case DEPOSIT -> deposit(body(json, DepositBody.class));
            case WITHDRAW -> withdraw(body(json, WithdrawBody.class));
            case AUTHORISE -> authorise(body(json, AuthoriseBody.class));
            case SET_OPERATOR -> setOperator(body(json, SetOperatorBody.class));
            case BIND_NODE -> bind(body(json, BindNodeBody.class));
            case REVOKE_NODE -> revoke(body(json, RevokeNodeBody.class));
            case REGISTER_PROVIDER -> register(body(json, RegisterProviderBody.class));
            default -> throw malformed("the wallet signs nothing of that kind");
        };
    }

    private static TransactionBody body(UnsignedTransaction unsigned) {
        Preview preview = unsigned.preview();
        return new TransactionBody(
                unsigned.chain().value(),
                preview.from().toString(),
                unsigned.nonce(),
                preview.gasLimit(),
                preview.fees().max().units().toString(),
                preview.fees().priority().units().toString(),
                preview.call().to().map(EvmAddress::toString).orElse(null),
                preview.call().value().units().toString(),
                "0x" + HexFormat.of().formatHex(preview.call().data()),
                preview.call().purpose());
    }

    private static SigningRequest transaction(TransactionBody body)
            throws MalformedRequestException, MalformedAddressException {
        if (body.purpose.length() > MAX_PURPOSE) {
            throw malformed("the purpose is longer than anybody reads");
        }
        Call call =
                new Call(
                        body.to == null ? null : EvmAddress.parse(body.to),
                        data(body.data),
                        new Wei(number(body.value)),
                        body.purpose);
        Fees fees = new Fees(new Wei(number(body.maxFee)), new Wei(number(body.priorityFee)));
        return new SigningRequest.Transaction(
                new UnsignedTransaction(
                        new ChainId(body.chainId),
                        body.nonce,
                        new Preview(call, EvmAddress.parse(body.from), body.gasLimit, fees)));
    }

    private static PermitBody body(TypedDomain token, Permit permit) {
        return new PermitBody(
                token.chain().value(),
                token.contract().toString(),
                token.name(),
                token.version(),
                permit.owner().toString(),
                permit.spender().toString(),
                permit.amount().units().toString(),
                permit.nonce().toString(),
                permit.deadline().getEpochSecond());
    }

    private static SigningRequest permit(PermitBody body)
            throws MalformedRequestException, MalformedAddressException {
        return new SigningRequest.TokenPermit(
                new TypedDomain(
                        body.tokenName,
                        body.tokenVersion,
                        new ChainId(body.chainId),
                        EvmAddress.parse(body.token)),
                new Permit(
                        EvmAddress.parse(body.owner),
                        EvmAddress.parse(body.spender),
                        amount(body.amount),
                        number(body.nonce),
                        time(body.deadline)));
    }

    private static JsonNode order(ChannelDomain channels, RelayedOrder order) {
        long chain = channels.chain().value();
        String contract = channels.contract().toString();
        String maxFee = order.terms().maxFee().units().toString();
        long deadline = order.terms().deadline().getEpochSecond();
        return switch (order) {
            case RelayedOrder.Deposit deposit ->
                    node(
                            DEPOSIT,
                            new DepositBody(
                                    chain,
                                    contract,
                                    deposit.owner().toString(),
                                    deposit.amount().units().toString(),
                                    deposit.nonce().toString(),
                                    maxFee,
                                    deadline));
            case RelayedOrder.Withdraw withdraw ->
                    node(
                            WITHDRAW,
                            new WithdrawBody(
                                    chain,
                                    contract,
                                    withdraw.owner().toString(),
                                    withdraw.to().toString(),
                                    withdraw.amount().units().toString(),
                                    withdraw.nonce().toString(),
                                    maxFee,
                                    deadline));
            case RelayedOrder.Authorise authorise ->
                    node(
                            AUTHORISE,
                            new AuthoriseBody(
                                    chain,
                                    contract,
                                    authorise.owner().toString(),
                                    authorise.signer().toString(),
                                    authorise.caps().total().units().toString(),
                                    authorise.caps().perPayee().units().toString(),
                                    authorise.caps().expiry().getEpochSecond(),
                                    authorise.nonce().toString(),
                                    maxFee,
                                    deadline));
            case RelayedOrder.SetOperator set ->
                    node(
                            SET_OPERATOR,
                            new SetOperatorBody(
                                    chain,
                                    contract,
                                    set.payee().toString(),
                                    set.operator().toString(),
                                    set.allowed(),
                                    set.nonce().toString(),
                                    maxFee,
                                    deadline));
            case RelayedOrder.TopUp _, RelayedOrder.Open _, RelayedOrder.StartClose _ ->
                    throw new IllegalArgumentException("no order of a wallet");
        };
    }

    private static SigningRequest deposit(DepositBody body)
            throws MalformedRequestException, MalformedAddressException {
        return new SigningRequest.PurseOrder(
                channels(body.chainId, body.channels),
                new RelayedOrder.Deposit(
                        EvmAddress.parse(body.owner),
                        amount(body.amount),
                        number(body.nonce),
                        terms(body.maxFee, body.deadline)));
    }

    private static SigningRequest withdraw(WithdrawBody body)
            throws MalformedRequestException, MalformedAddressException {
        return new SigningRequest.PurseOrder(
                channels(body.chainId, body.channels),
                new RelayedOrder.Withdraw(
                        EvmAddress.parse(body.owner),
                        EvmAddress.parse(body.to),
                        amount(body.amount),
                        number(body.nonce),
                        terms(body.maxFee, body.deadline)));
    }

    private static SigningRequest authorise(AuthoriseBody body)
            throws MalformedRequestException, MalformedAddressException {
        return new SigningRequest.PurseOrder(
                channels(body.chainId, body.channels),
                new RelayedOrder.Authorise(
                        EvmAddress.parse(body.owner),
                        EvmAddress.parse(body.signer),
                        new Caps(amount(body.total), amount(body.perPayee), time(body.expiry)),
                        number(body.nonce),
                        terms(body.maxFee, body.deadline)));
    }

    private static SigningRequest setOperator(SetOperatorBody body)
            throws MalformedRequestException, MalformedAddressException {
        return new SigningRequest.PurseOrder(
                channels(body.chainId, body.channels),
                new RelayedOrder.SetOperator(
                        EvmAddress.parse(body.payee),
                        EvmAddress.parse(body.operator),
                        body.allowed,
                        number(body.nonce),
                        terms(body.maxFee, body.deadline)));
    }

    private static JsonNode order(ChainId chain, EvmAddress registry, RegistryOrder order) {
        String contract = registry.toString();
        String wallet = order.wallet().toString();
        String nodeKey = order.nodeKey().toString();
        String maxFee = order.terms().maxFee().units().toString();
        long deadline = order.terms().deadline().getEpochSecond();
        return switch (order) {
            case RegistryOrder.Bind bind ->
                    node(
                            BIND_NODE,
                            new BindNodeBody(
                                    chain.value(),
                                    contract,
                                    wallet,
                                    nodeKey,
                                    "0x" + HexFormat.of().formatHex(bind.proof()),
                                    bind.roles(),
                                    maxFee,
                                    deadline));
            case RegistryOrder.Revoke _ ->
                    node(
                            REVOKE_NODE,
                            new RevokeNodeBody(
                                    chain.value(), contract, wallet, nodeKey, maxFee, deadline));
            case RegistryOrder.Register register ->
                    node(
                            REGISTER_PROVIDER,
                            new RegisterProviderBody(
                                    chain.value(),
                                    contract,
                                    wallet,
                                    nodeKey,
                                    register.descriptionHash().toString(),
                                    register.uri(),
                                    register.nonce().toString(),
                                    maxFee,
                                    deadline));
        };
    }

    private static SigningRequest bind(BindNodeBody body)
            throws MalformedRequestException, MalformedAddressException, MalformedHexException {
        return new SigningRequest.NodeOrder(
                new ChainId(body.chainId),
                EvmAddress.parse(body.registry),
                new RegistryOrder.Bind(
                        EvmAddress.parse(body.wallet),
                        Bytes32.parse(body.nodeKey),
                        data(body.proof),
                        body.roles,
                        terms(body.maxFee, body.deadline)));
    }

    private static SigningRequest revoke(RevokeNodeBody body)
            throws MalformedRequestException, MalformedAddressException, MalformedHexException {
        return new SigningRequest.NodeOrder(
                new ChainId(body.chainId),
                EvmAddress.parse(body.registry),
                new RegistryOrder.Revoke(
                        EvmAddress.parse(body.wallet),
                        Bytes32.parse(body.nodeKey),
                        terms(body.maxFee, body.deadline)));
    }

    private static SigningRequest register(RegisterProviderBody body)
            throws MalformedRequestException, MalformedAddressException, MalformedHexException {
        return new SigningRequest.NodeOrder(
                new ChainId(body.chainId),
                EvmAddress.parse(body.registry),
                new RegistryOrder.Register(
                        EvmAddress.parse(body.wallet),
                        Bytes32.parse(body.nodeKey),
                        Bytes32.parse(body.descriptionHash),
                        body.uri,
                        number(body.nonce),
                        terms(body.maxFee, body.deadline)));
    }

    private static ChannelDomain channels(long chain, String contract)
            throws MalformedAddressException {
        return new ChannelDomain(new ChainId(chain), EvmAddress.parse(contract));
    }

    private static RelayTerms terms(String maxFee, long deadline) throws MalformedRequestException {
        return new RelayTerms(amount(maxFee), time(deadline));
    }

    private static TokenAmount amount(String text) throws MalformedRequestException {
        return new TokenAmount(number(text));
    }

    private static BigInteger number(String text) throws MalformedRequestException {
        if (!NUMBER.matcher(text).matches()) {
            throw malformed("an amount or number of the request is none");
        }
        return new BigInteger(text);
    }

    private static Instant time(long seconds) throws MalformedRequestException {
        if (seconds < 0) {
            throw malformed("a time of the request is before 1970");
        }
        return Instant.ofEpochSecond(seconds);
    }

    private static byte[] data(String text) throws MalformedRequestException {
        if (!text.startsWith("0x") || text.length() > 2 + 2 * MAX_DATA) {
            throw malformed("the data of the call are no hexadecimal digits, or too many");
        }
        return HexFormat.of().parseHex(text, 2, text.length());
    }

    private static <T> T body(ObjectNode json, Class<T> type) {
        return MAPPER.treeToValue(json, type);
    }

    private static JsonNode node(String kind, Object body) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put(KIND, kind);
        json.setAll((ObjectNode) MAPPER.<JsonNode>valueToTree(body));
        return json;
    }

    private static MalformedRequestException malformed(String message) {
        return new MalformedRequestException(Reason.FIELD, message);
    }
}

package org.flowshield.node.wallet.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.RelayTerms;
import org.flowshield.contracts.payment.RelayedOrder;
import org.flowshield.contracts.registry.RegistryOrder;
import org.flowshield.contracts.sending.Fees;
import org.flowshield.contracts.sending.Preview;
import org.flowshield.contracts.sending.UnsignedTransaction;
import org.flowshield.contracts.token.Permit;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.wallet.signing.MalformedRequestException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class SigningRequestTest {

    private static final ChainId CHAIN = new ChainId(31337);
    private static final EvmAddress ANN = address(1);
    private static final EvmAddress BOB = address(2);
    private static final EvmAddress TOKEN = address(3);
    private static final TokenAmount AMOUNT = new TokenAmount(BigInteger.TEN.pow(18));
    private static final Instant TIME = Instant.ofEpochSecond(2_000_000_000L);
    private static final RelayTerms TERMS = new RelayTerms(TokenAmount.of(5), TIME);
    private static final Bytes32 NODE = Keccak256.hash("a node");
    private static final ChannelDomain CHANNELS = new ChannelDomain(CHAIN, TOKEN);

    static Stream<SigningRequest> requests() {
        return Stream.of(
                transaction(Call.pay(BOB, Wei.of(3), "pays")),
                transaction(Call.of(TOKEN, new KnownCall.Transfer(BOB, AMOUNT).encode(), "sends")),
                new SigningRequest.TokenPermit(
                        new TypedDomain("FlowShield", "1", CHAIN, TOKEN),
                        new Permit(ANN, BOB, AMOUNT, BigInteger.TWO, TIME)),
                order(new RelayedOrder.Deposit(ANN, AMOUNT, BigInteger.ZERO, TERMS)),
                order(new RelayedOrder.Withdraw(ANN, BOB, AMOUNT, BigInteger.ONE, TERMS)),
                order(
                        new RelayedOrder.Authorise(
                                ANN,
                                BOB,
                                new Caps(AMOUNT, TokenAmount.of(2), TIME),
                                BigInteger.ONE,
                                TERMS)),
                order(new RelayedOrder.SetOperator(ANN, BOB, true, BigInteger.ONE, TERMS)),
                order(new RegistryOrder.Bind(ANN, NODE, new byte[64], 0xffff_ffffL, TERMS)),
                order(new RegistryOrder.Revoke(ANN, NODE, TERMS)),
                order(
                        new RegistryOrder.Register(
                                ANN, NODE, Bytes32.ZERO, "ipfs://x", BigInteger.TWO, TERMS)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shows_amount_chain_and_account(SigningRequest request) throws Exception {
        Summary summary = request.summary();
        assertThat(summary.lines())
                .extracting(Summary.Line::label)
                .contains("amount", "chain", "from");
        assertThat(summary.lines())
                .extracting(Summary.Line::value)
                .contains("31337", ANN.toString());
        assertThat(request.from()).isEqualTo(ANN);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void goes_through_json_as_itself(SigningRequest request) throws Exception {
        byte[] json = JsonMapper.shared().writeValueAsBytes(SigningJson.write(request));
        SigningRequest read = SigningJson.read(JsonMapper.shared().readTree(json));
        assertThat(read).isEqualTo(request);
        assertThat(read.digest()).isEqualTo(request.digest());
        assertThat(read.summary()).isEqualTo(request.summary());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_request_with_one_field_less_or_more_is_refused(SigningRequest request) {
        ObjectNode good = (ObjectNode) SigningJson.write(request);
        for (String field : List.copyOf(good.propertyNames())) {
            ObjectNode less = good.deepCopy();
            less.remove(field);
            assertMalformed(less);
        }
        ObjectNode more = good.deepCopy();
        more.put("more", 1);
        assertMalformed(more);
    }

    @ParameterizedTest
    @CsvSource({
        "value,-1",
        "value,1e3",
        "value,0x10",
        "value,00",
        "value,''",
        "max_fee,0",
        "to,0x1234",
        "to,0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
        "data,0xzz",
        "data,12",
    })
    void a_field_that_makes_no_sense_is_refused(String field, String value) {
        ObjectNode json =
                (ObjectNode) SigningJson.write(transaction(Call.pay(BOB, Wei.of(3), "pays")));
        json.put(field, value);
        assertMalformed(json);
    }

    @Test
    void making_a_contract_or_paying_a_call_is_not_signed() {
        assertUnsupported(transaction(Call.create(new byte[] {1}, "makes")));
        assertUnsupported(
                transaction(
                        new Call(
                                TOKEN,
                                new KnownCall.Transfer(BOB, AMOUNT).encode(),
                                Wei.of(1),
                                "both")));
    }

    @Test
    void orders_about_a_channel_are_not_the_wallets() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                order(
                                        new RelayedOrder.StartClose(
                                                new ChannelId(Bytes32.ZERO), TERMS)));
    }

    @Test
    void an_order_about_a_node_says_what_it_costs_and_until_when() {
        for (SigningRequest request :
                List.of(
                        order(new RegistryOrder.Bind(ANN, NODE, new byte[64], 1, TERMS)),
                        order(new RegistryOrder.Revoke(ANN, NODE, TERMS)))) {
            assertThat(lines(request))
                    .contains(
                            "amount: 0 FLOW but for the fee",
                            "node: " + new NodeKey(NODE),
                            "contract: " + TOKEN,
                            "fee: at most " + TERMS.maxFee() + ", to who carries it",
                            "void after: " + TIME)
                    .doesNotContain("amount: " + IdentityCall.NOTHING);
        }
    }

    private static List<String> lines(SigningRequest request) {
        try {
            return request.summary().lines().stream()
                    .map(line -> line.label() + ": " + line.value())
                    .toList();
        } catch (MalformedRequestException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void an_order_with_a_text_that_cant_be_shown_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                order(
                                        new RegistryOrder.Register(
                                                ANN,
                                                NODE,
                                                Bytes32.ZERO,
                                                "a\u001b[2J",
                                                BigInteger.ONE,
                                                TERMS)));
    }

    @Test
    void the_same_order_for_another_chain_or_registry_is_another_signature() {
        RegistryOrder order = new RegistryOrder.Revoke(ANN, NODE, TERMS);
        assertThat(new SigningRequest.NodeOrder(new ChainId(1), TOKEN, order).digest())
                .isNotEqualTo(order(order).digest());
        assertThat(new SigningRequest.NodeOrder(CHAIN, BOB, order).digest())
                .isNotEqualTo(order(order).digest());
    }

    @Test
    void the_purpose_that_the_asker_gives_is_not_what_is_shown() throws Exception {
        Summary summary = transaction(Call.pay(BOB, Wei.of(3), "wins a thousand FLOW")).summary();
        assertThat(summary.toString()).doesNotContain("thousand").contains(BOB.toString());
    }

    @Test
    void a_name_of_a_contract_that_hides_the_rest_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TypedDomain("a\n\n\n\n", "1", CHAIN, TOKEN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TypedDomain("a".repeat(1000), "1", CHAIN, TOKEN));
    }

    private static void assertUnsupported(SigningRequest request) {
        assertThatExceptionOfType(MalformedRequestException.class)
                .isThrownBy(request::summary)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED));
    }

    private static void assertMalformed(ObjectNode json) {
        assertThatExceptionOfType(MalformedRequestException.class)
                .as(json.toString())
                .isThrownBy(() -> SigningJson.read(json))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FIELD));
    }

    private static SigningRequest transaction(Call call) {
        return new SigningRequest.Transaction(
                new UnsignedTransaction(
                        CHAIN, 7, new Preview(call, ANN, 21_000, new Fees(Wei.of(9), Wei.of(2)))));
    }

    private static SigningRequest order(RegistryOrder order) {
        return new SigningRequest.NodeOrder(CHAIN, TOKEN, order);
    }

    private static SigningRequest order(RelayedOrder order) {
        return new SigningRequest.PurseOrder(CHANNELS, order);
    }

    private static EvmAddress address(int last) {
        byte[] bytes = new byte[EvmAddress.LENGTH];
        bytes[EvmAddress.LENGTH - 1] = (byte) last;
        return new EvmAddress(bytes);
    }
}

package org.flowshield.contracts.web3j;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.lab.SilentChain;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.CooperativeClose;
import org.flowshield.contracts.payment.RelayTerms;
import org.flowshield.contracts.payment.RelayedOrder;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.contracts.token.Permit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Our digests are those of the contracts: the file is made and checked by the Solidity tests. */
final class Eip712VectorsTest {

    private static final JsonNode FILE =
            JsonMapper.shared().readTree(Path.of("test", "vectors", "eip712.json"));

    private static final ChainId CHAIN = new ChainId(FILE.path("chainId").asLong());

    /**
     * Vouchers of ours count bytes in 63 bits: nobody serves eight exabytes through one channel.
     */
    private static final BigInteger MOST_BYTES = BigInteger.valueOf(Long.MAX_VALUE);

    static List<JsonNode> vectors() {
        return FILE.path("vectors").valueStream().filter(Eip712VectorsTest::isOurs).toList();
    }

    private static boolean isOurs(JsonNode vector) {
        JsonNode bytes = vector.path("fields").path("bytesServed");
        return bytes.isMissingNode() || new BigInteger(bytes.asString()).compareTo(MOST_BYTES) <= 0;
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void digests_and_signatures_are_those_of_the_contracts(JsonNode vector) throws Exception {
        Bytes32 digest = digest(vector.path("type").asString(), new Fields(vector.path("fields")));
        assertThat(digest).isEqualTo(Bytes32.parse(vector.path("digest").asString()));
        byte[] secret =
                HexFormat.of()
                        .parseHex(
                                FILE.path("privateKeys")
                                        .path(vector.path("signedBy").asString())
                                        .asString()
                                        .substring(2));
        try (SigningKey key = SigningKey.of(secret)) {
            assertThat(key.sign(digest))
                    .isEqualTo(
                            Signature.parse(
                                    HexFormat.of()
                                            .parseHex(
                                                    vector.path("signature")
                                                            .asString()
                                                            .substring(2))));
        }
    }

    @Test
    void all_types_are_there() {
        assertThat(vectors().stream().map(vector -> vector.path("type").asString()))
                .containsAll(
                        Stream.of(
                                        "Voucher Close Open TopUp StartClose Deposit Withdraw"
                                                + " Authorise SetOperator Bind Revoke Register"
                                                + " Permit")
                                .flatMap(names -> Stream.of(names.split(" ")))
                                .toList());
    }

    @Test
    void channel_ids_and_domains_are_those_of_the_contracts() throws Exception {
        Fields channel = new Fields(FILE.path("channel"));
        ChannelKey key =
                new ChannelKey(
                        channel.address("payer"),
                        channel.address("payee"),
                        channel.address("signer"),
                        channel.word("salt"));
        assertThat(key.id(channels()).value()).isEqualTo(channel.word("id"));
        Fields domains = new Fields(FILE.path("domains"));
        assertThat(channels().eip712().separator()).isEqualTo(domains.word("channels"));
        assertThat(token().domain().separator()).isEqualTo(domains.word("token"));
        assertThat(identities().domain().separator()).isEqualTo(domains.word("identities"));
        assertThat(providers().domain().separator()).isEqualTo(domains.word("providers"));
    }

    private static Bytes32 digest(String type, Fields f) throws Exception {
        return switch (type) {
            case "Voucher" ->
                    new Voucher(f.channel(), f.amount("cumulative"), f.number("bytesServed"))
                            .digest(channels());
            case "Close" ->
                    new CooperativeClose(f.channel(), f.amount("finalCumulative"))
                            .digest(channels());
            case "Open" ->
                    new RelayedOrder.Open(
                                    f.channel(), f.amount("amount"), f.word("offerHash"), f.terms())
                            .digest(channels());
            case "TopUp" ->
                    new RelayedOrder.TopUp(f.channel(), f.amount("amount"), f.nonce(), f.terms())
                            .digest(channels());
            case "StartClose" ->
                    new RelayedOrder.StartClose(f.channel(), f.terms()).digest(channels());
            case "Deposit" ->
                    new RelayedOrder.Deposit(
                                    f.address("owner"), f.amount("amount"), f.nonce(), f.terms())
                            .digest(channels());
            case "Withdraw" ->
                    new RelayedOrder.Withdraw(
                                    f.address("owner"),
                                    f.address("to"),
                                    f.amount("amount"),
                                    f.nonce(),
                                    f.terms())
                            .digest(channels());
            case "Authorise" ->
                    new RelayedOrder.Authorise(
                                    f.address("owner"),
                                    f.address("signer"),
                                    new Caps(
                                            f.amount("total"),
                                            f.amount("perPayee"),
                                            f.time("expiry")),
                                    f.nonce(),
                                    f.terms())
                            .digest(channels());
            case "SetOperator" ->
                    new RelayedOrder.SetOperator(
                                    f.address("payee"),
                                    f.address("operator"),
                                    f.node().path("allowed").asBoolean(),
                                    f.nonce(),
                                    f.terms())
                            .digest(channels());
            case "Permit" ->
                    new Permit(
                                    f.address("owner"),
                                    f.address("spender"),
                                    f.amount("value"),
                                    f.nonce(),
                                    f.time("deadline"))
                            .digest(token().domain());
            case "Bind" ->
                    identities()
                            .bindingDigest(
                                    f.address("wallet"),
                                    f.word("nodeKey"),
                                    HexFormat.of().parseHex(f.text("proof").substring(2)),
                                    f.number("roles"),
                                    f.terms());
            case "Revoke" ->
                    identities()
                            .revocationDigest(f.address("wallet"), f.word("nodeKey"), f.terms());
            case "Register" ->
                    providers()
                            .registrationDigest(
                                    f.address("wallet"),
                                    f.word("nodeKey"),
                                    f.word("metaHash"),
                                    f.text("uri"),
                                    f.nonce(),
                                    f.terms());
            default -> throw new AssertionError("a type that Java does not have: " + type);
        };
    }

    private static EvmAddress contract(String name) throws Exception {
        return EvmAddress.parse(FILE.path("contracts").path(name).asString());
    }

    private static ChannelDomain channels() throws Exception {
        return new ChannelDomain(CHAIN, contract("channels"));
    }

    private static Web3jFlowToken token() throws Exception {
        return new Web3jFlowToken(new SilentChain(CHAIN), contract("token"));
    }

    private static Web3jIdentityRegistry identities() throws Exception {
        return new Web3jIdentityRegistry(new SilentChain(CHAIN), contract("identities"));
    }

    private static Web3jProviderRegistry providers() throws Exception {
        return new Web3jProviderRegistry(new SilentChain(CHAIN), contract("providers"));
    }

    private record Fields(JsonNode node) {

        String text(String name) {
            return node.path(name).asString();
        }

        long number(String name) {
            return Long.parseLong(text(name));
        }

        TokenAmount amount(String name) {
            return new TokenAmount(new BigInteger(text(name)));
        }

        Bytes32 word(String name) throws Exception {
            return Bytes32.parse(text(name));
        }

        EvmAddress address(String name) throws Exception {
            return EvmAddress.parse(text(name));
        }

        Instant time(String name) {
            return Instant.ofEpochSecond(number(name));
        }

        ChannelId channel() throws Exception {
            return new ChannelId(word("channelId"));
        }

        BigInteger nonce() {
            return new BigInteger(text("nonce"));
        }

        RelayTerms terms() {
            return new RelayTerms(amount("maxFee"), time("deadline"));
        }
    }
}

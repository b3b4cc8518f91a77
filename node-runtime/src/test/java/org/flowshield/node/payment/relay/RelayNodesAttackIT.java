package org.flowshield.node.payment.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.payment.RelayTerms;
import org.flowshield.contracts.payment.RelayedOrder;
import org.flowshield.contracts.registry.BindingChallenge;
import org.flowshield.contracts.registry.RegistryOrder;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.contracts.token.Permit;
import org.flowshield.contracts.token.SignedPermit;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.security.tls.TlsTransport;
import org.flowshield.libp2p.transport.DialOptions;
import org.flowshield.node.identity.BindingProof;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.channel.ChainException;
import org.flowshield.node.payment.relay.RelayAnswer.Refused.Reason;
import org.flowshield.node.payment.wire.Frames;
import org.flowshield.node.payment.wire.MalformedPaymentException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Strangers have a relayer carry orders about nodes: others' nodes, old orders, orders for other
 * networks, too many, and such as fail when their block comes. Between two real hosts; the chain is
 * a list. What a real chain makes of them shows RelayCarrierIT.
 */
@Timeout(60)
final class RelayNodesAttackIT {

    private static final TokenAmount FEE = Parties.flow("0.01");
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final ChainId CHAIN = Parties.DOMAIN.chain();
    private static final EvmAddress IDENTITIES = Parties.address(10);
    private static final EvmAddress PROVIDERS = Parties.address(11);
    private static final TransactionHash HASH = new TransactionHash(Parties.OFFER_HASH);
    private static final SigningKey WALLET = Parties.SIGNER;

    private final SecureRandom random = new SecureRandom();
    private final PrivateKey serverKey = PrivateKey.generate(random);
    private final PrivateKey clientKey = PrivateKey.generate(random);
    private final PrivateKey nodeKey = PrivateKey.generate(random);
    private final NodeKey node = NodeKey.of(nodeKey.publicKey()).orElseThrow();
    private final List<CarriedOrder> carried = new ArrayList<>();
    private final List<Carrier.Ending> endings = new ArrayList<>();
    private Host server;
    private Host client;
    private Connection connection;
    private TokenAmount fee = FEE;
    private volatile boolean rejecting;
    private final AtomicLong nanos = new AtomicLong();

    @BeforeEach
    void connect() throws Exception {
        begin();
    }

    private void begin() throws Exception {
        server = host(serverKey);
        server.handle(
                new RelayService(
                        new RelaySettings(
                                new RelayContracts(Parties.DOMAIN, IDENTITIES, PROVIDERS),
                                Parties.PAYEE.address(),
                                fee),
                        (order, _, ending) -> {
                            if (rejecting) {
                                throw new ChainException(
                                        ChainException.Reason.REJECTED, "it is bound already");
                            }
                            carried.add(order);
                            endings.add(ending);
                            return HASH;
                        },
                        () -> NOW,
                        nanos::get));
        Multiaddr address =
                server.listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")).withPeer(server.peerId());
        client = host(clientKey);
        connection = client.connect(address, DialOptions.DEFAULT);
    }

    private Host host(PrivateKey key) throws Exception {
        return new HostBuilder(key)
                .security(new TlsTransport(key, random, Clock.systemUTC()))
                .eventLoopThreads(1)
                .build();
    }

    @AfterEach
    void close() {
        end();
        nodeKey.close();
        clientKey.close();
        serverKey.close();
    }

    private void end() {
        client.close();
        server.close();
    }

    private static RelayTerms terms(long seconds) {
        return new RelayTerms(FEE, NOW.plusSeconds(seconds));
    }

    private byte[] consent(EvmAddress wallet) {
        return BindingProof.sign(
                nodeKey, BindingChallenge.of(CHAIN, IDENTITIES, wallet, node.bytes()));
    }

    private RegistryOrder.Bind binding(EvmAddress wallet, long seconds) {
        return new RegistryOrder.Bind(wallet, node.bytes(), consent(wallet), 1, terms(seconds));
    }

    private static CarriedOrder signed(RegistryOrder order, SigningKey by) {
        return signed(order, by, CHAIN, IDENTITIES);
    }

    private static CarriedOrder signed(
            RegistryOrder order, SigningKey by, ChainId chain, EvmAddress registry) {
        return new CarriedOrder.OfNode(
                order, by.sign(order.digest(chain, registry)), Optional.empty());
    }

    private Reason refused(CarriedOrder order) throws Exception {
        int before = carried.size();
        RelayAnswer answer = RelayClient.carry(connection, order);
        assertThat(carried).hasSize(before);
        return ((RelayAnswer.Refused) answer).reason();
    }

    private void carries(CarriedOrder order) throws Exception {
        assertThat(RelayClient.carry(connection, order)).isEqualTo(new RelayAnswer.Carried(HASH));
        assertThat(carried.getLast()).isEqualTo(order);
    }

    @Test
    void whoever_asks_is_told_the_terms() throws Exception {
        assertThat(RelayClient.terms(connection))
                .isEqualTo(new RelayAnswer.Terms(FEE, CHAIN, IDENTITIES, PROVIDERS));
    }

    @Test
    void what_a_wallet_and_its_node_agreed_to_is_carried_with_its_permit() throws Exception {
        RegistryOrder order = binding(WALLET.address(), 600);
        SignedPermit permit =
                new SignedPermit(
                        new Permit(
                                WALLET.address(),
                                IDENTITIES,
                                FEE,
                                BigInteger.ONE,
                                NOW.plusSeconds(900)),
                        WALLET.sign(Parties.OFFER_HASH));

        carries(
                new CarriedOrder.OfNode(
                        order, WALLET.sign(order.digest(CHAIN, IDENTITIES)), Optional.of(permit)));
    }

    @Test
    void a_revocation_and_an_entry_in_the_market_are_carried() throws Exception {
        carries(
                signed(
                        new RegistryOrder.Revoke(WALLET.address(), node.bytes(), terms(600)),
                        WALLET));
        endings.getLast().ended(false);
        RegistryOrder entry =
                new RegistryOrder.Register(
                        WALLET.address(),
                        node.bytes(),
                        Bytes32.ZERO,
                        "x".repeat(256),
                        BigInteger.TWO,
                        terms(600));
        carries(signed(entry, WALLET, CHAIN, PROVIDERS));
    }

    @Test
    void nobody_binds_or_revokes_for_another_wallet() throws Exception {
        assertThat(refused(signed(binding(WALLET.address(), 600), Parties.STRANGER)))
                .isEqualTo(Reason.NOT_SIGNED);
        assertThat(
                        refused(
                                signed(
                                        new RegistryOrder.Revoke(
                                                WALLET.address(), node.bytes(), terms(600)),
                                        Parties.STRANGER)))
                .isEqualTo(Reason.NOT_SIGNED);
    }

    @Test
    void a_node_that_has_not_agreed_is_nobodys() throws Exception {
        RegistryOrder stolen =
                new RegistryOrder.Bind(
                        Parties.STRANGER.address(),
                        node.bytes(),
                        consent(WALLET.address()),
                        1,
                        terms(600));
        assertThat(refused(signed(stolen, Parties.STRANGER))).isEqualTo(Reason.NO_CONSENT);
        RegistryOrder nobody =
                new RegistryOrder.Bind(
                        WALLET.address(), Bytes32.ZERO, consent(WALLET.address()), 1, terms(600));
        assertThat(refused(signed(nobody, WALLET))).isEqualTo(Reason.NO_CONSENT);
    }

    @Test
    void an_order_for_another_chain_or_registry_is_not_carried_here() throws Exception {
        RegistryOrder order = binding(WALLET.address(), 600);
        assertThat(refused(signed(order, WALLET, new ChainId(1), IDENTITIES)))
                .isEqualTo(Reason.NOT_SIGNED);
        assertThat(refused(signed(order, WALLET, CHAIN, PROVIDERS))).isEqualTo(Reason.NOT_SIGNED);
    }

    @Test
    void an_order_that_is_over_or_pays_too_little_is_not_carried() throws Exception {
        assertThat(refused(signed(binding(WALLET.address(), 30), WALLET)))
                .isEqualTo(Reason.TOO_LATE);
        RegistryOrder cheap =
                new RegistryOrder.Revoke(
                        WALLET.address(),
                        node.bytes(),
                        new RelayTerms(TokenAmount.ZERO, NOW.plusSeconds(600)));
        assertThat(refused(signed(cheap, WALLET))).isEqualTo(Reason.FEE_TOO_LOW);
    }

    @Test
    void the_same_order_again_waits_and_then_the_chain_is_asked() throws Exception {
        CarriedOrder order = signed(binding(WALLET.address(), 600), WALLET);
        carries(order);
        assertThat(refused(order)).isEqualTo(Reason.BUSY);
        CarriedOrder other = signed(binding(WALLET.address(), 700), WALLET);
        assertThat(refused(other)).isEqualTo(Reason.BUSY);
        endings.getLast().ended(false);
        rejecting = true;
        assertThat(refused(order)).isEqualTo(Reason.REJECTED);
        rejecting = false;
        carries(other);
    }

    @Test
    void orders_that_fail_in_their_block_end_it_for_an_hour() throws Exception {
        for (int i = 1; i <= GasAtRisk.IN_VAIN; i++) {
            SigningKey poor = Parties.key(20 + i);
            carries(signed(binding(poor.address(), 600), poor));
            endings.getLast().ended(true);
        }
        CarriedOrder honest = signed(binding(WALLET.address(), 600), WALLET);
        assertThat(refused(honest)).isEqualTo(Reason.BUSY);
        long _ = nanos.addAndGet(GasAtRisk.PAUSE.toNanos());
        carries(honest);
    }

    @Test
    void strangers_get_few_a_minute_and_clients_of_ours_theirs_all_the_same() throws Exception {
        for (int i = 0; i < RelayLimits.OF_NODES_PER_MINUTE; i++) {
            SigningKey someone = Parties.key(20 + i);
            carries(signed(binding(someone.address(), 600), someone));
            endings.getLast().ended(false);
        }
        CarriedOrder more = signed(binding(WALLET.address(), 600), WALLET);
        assertThat(refused(more)).isEqualTo(Reason.BUSY);
        var open =
                new RelayedOrder.Open(
                        Parties.CHANNEL.id(Parties.DOMAIN),
                        Parties.flow("1"),
                        Parties.OFFER_HASH,
                        terms(600));
        carries(
                new CarriedOrder.OfChannel(
                        open, Parties.SIGNER.sign(open.digest(Parties.DOMAIN)), Parties.CHANNEL));
        long _ = nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        carries(more);
    }

    @Test
    void who_takes_no_fee_pays_no_strangers_gas() throws Exception {
        end();
        fee = TokenAmount.ZERO;
        begin();
        assertThat(((RelayAnswer.Refused) RelayClient.terms(connection)).reason())
                .isEqualTo(Reason.NOT_OURS);
        assertThat(refused(signed(binding(WALLET.address(), 600), WALLET)))
                .isEqualTo(Reason.NOT_OURS);
    }

    @Test
    void messages_that_are_too_long_or_too_short_are_refused() throws Exception {
        assertThat(said(new byte[RelayWire.MAX_MESSAGE + 1])).isEqualTo(Reason.MALFORMED);
        RelayProtos.Carry entry =
                RelayProtos.Carry.parseFrom(
                        RelayWire.encode(
                                signed(
                                        new RegistryOrder.Register(
                                                WALLET.address(),
                                                node.bytes(),
                                                Bytes32.ZERO,
                                                "",
                                                BigInteger.ONE,
                                                terms(600)),
                                        WALLET,
                                        CHAIN,
                                        PROVIDERS)));
        for (String uri : List.of("x".repeat(257), "two words", "\u001b[2J", "ü")) {
            RelayProtos.Carry.Builder told = entry.toBuilder();
            told.getRegisterBuilder().setUri(uri);
            assertThat(said(told.build().toByteArray())).isEqualTo(Reason.MALFORMED);
        }
        RelayProtos.Carry.Builder bind =
                RelayProtos.Carry.parseFrom(
                        RelayWire.encode(signed(binding(WALLET.address(), 600), WALLET)))
                        .toBuilder();
        bind.getBindBuilder().setProof(ByteString.copyFrom(new byte[63]));
        assertThat(said(bind.build().toByteArray())).isEqualTo(Reason.MALFORMED);
        assertThat(carried).isEmpty();
    }

    private Reason said(byte[] message) throws IOException {
        try (Stream stream = connection.newStream(List.of(RelayService.PROTOCOL))) {
            stream.output().write(Frames.framed(message));
            stream.output().flush();
            stream.closeWrite();
            byte[] answer = Frames.read(stream.input(), RelayWire.MAX_MESSAGE).orElseThrow();
            return ((RelayAnswer.Refused) RelayWire.parseAnswer(answer)).reason();
        } catch (MalformedRelayException | MalformedPaymentException e) {
            throw new IOException(e);
        }
    }
}

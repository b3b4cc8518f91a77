package org.flowshield.node.payment.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.RelayTerms;
import org.flowshield.contracts.payment.RelayedOrder;
import org.flowshield.contracts.token.Permit;
import org.flowshield.contracts.token.SignedPermit;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.security.tls.TlsTransport;
import org.flowshield.libp2p.transport.DialOptions;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.channel.ChainException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two real hosts; the chain is a list. */
@Timeout(60)
final class RelayIT {

    private static final TokenAmount FEE = Parties.flow("0.01");
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final RelayContracts CONTRACTS =
            new RelayContracts(Parties.DOMAIN, Parties.address(10), Parties.address(11));
    private static final TransactionHash HASH = new TransactionHash(Parties.OFFER_HASH);

    private final SecureRandom random = new SecureRandom();
    private final PrivateKey serverKey = PrivateKey.generate(random);
    private final PrivateKey clientKey = PrivateKey.generate(random);
    private final List<CarriedOrder> carried = new ArrayList<>();
    private Host server;
    private Host client;
    private Connection connection;
    private boolean rejecting;

    @BeforeEach
    void connect() throws Exception {
        server = host(serverKey);
        server.handle(
                new RelayService(
                        new RelaySettings(CONTRACTS, Parties.PAYEE.address(), FEE),
                        (order, fee, _) -> {
                            if (rejecting) {
                                throw new ChainException(
                                        ChainException.Reason.REJECTED, "the purse is empty");
                            }
                            assertThat(fee).isEqualTo(FEE);
                            carried.add(order);
                            return HASH;
                        },
                        () -> NOW,
                        System::nanoTime));
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
        client.close();
        server.close();
        clientKey.close();
        serverKey.close();
    }

    private static CarriedOrder open(ChannelKey channel, TokenAmount maxFee, long seconds) {
        RelayedOrder.Open order =
                new RelayedOrder.Open(
                        channel.id(Parties.DOMAIN),
                        Parties.flow("1"),
                        Parties.OFFER_HASH,
                        new RelayTerms(maxFee, NOW.plusSeconds(seconds)));
        return new CarriedOrder.OfChannel(
                order, Parties.SIGNER.sign(order.digest(Parties.DOMAIN)), channel);
    }

    @Test
    void the_beginning_of_a_close_is_carried() throws Exception {
        RelayedOrder.StartClose order =
                new RelayedOrder.StartClose(
                        Parties.CHANNEL.id(Parties.DOMAIN),
                        new RelayTerms(FEE, NOW.plusSeconds(600)));
        CarriedOrder signed =
                new CarriedOrder.OfChannel(
                        order, Parties.SIGNER.sign(order.digest(Parties.DOMAIN)), Parties.CHANNEL);

        assertThat(RelayClient.carry(connection, signed)).isEqualTo(new RelayAnswer.Carried(HASH));
        assertThat(carried).containsExactly(signed);
    }

    private RelayAnswer.Refused.Reason refused(CarriedOrder order) throws Exception {
        RelayAnswer answer = RelayClient.carry(connection, order);
        assertThat(carried).isEmpty();
        return ((RelayAnswer.Refused) answer).reason();
    }

    @Test
    void an_opening_is_carried_as_it_was_signed() throws Exception {
        CarriedOrder order = open(Parties.CHANNEL, FEE, 600);

        assertThat(RelayClient.carry(connection, order)).isEqualTo(new RelayAnswer.Carried(HASH));
        assertThat(carried).containsExactly(order);
    }

    @Test
    void a_deposit_is_carried_with_its_permit() throws Exception {
        RelayedOrder.Deposit order =
                new RelayedOrder.Deposit(
                        Parties.SIGNER.address(),
                        Parties.flow("5"),
                        java.math.BigInteger.TWO,
                        new RelayTerms(FEE, NOW.plusSeconds(600)));
        SignedPermit permit =
                new SignedPermit(
                        new Permit(
                                Parties.SIGNER.address(),
                                Parties.DOMAIN.contract(),
                                Parties.flow("5"),
                                java.math.BigInteger.ONE,
                                NOW.plusSeconds(600)),
                        Parties.SIGNER.sign(Parties.OFFER_HASH));
        CarriedOrder whole =
                new CarriedOrder.OfPurse(
                        order,
                        Parties.SIGNER.sign(order.digest(Parties.DOMAIN)),
                        Optional.of(permit));

        assertThat(RelayClient.carry(connection, whole)).isEqualTo(new RelayAnswer.Carried(HASH));
        assertThat(carried).containsExactly(whole);
    }

    @Test
    void who_does_not_pay_the_fee_is_told_it() throws Exception {
        RelayAnswer answer =
                RelayClient.carry(connection, open(Parties.CHANNEL, TokenAmount.ZERO, 600));

        assertThat(answer)
                .isEqualTo(
                        new RelayAnswer.Refused(
                                RelayAnswer.Refused.Reason.FEE_TOO_LOW,
                                "this provider takes 0.01 FLOW for an order",
                                FEE));
    }

    @Test
    void channels_to_others_are_not_opened() throws Exception {
        ChannelKey foreign =
                new ChannelKey(
                        Parties.CHANNEL.payer(),
                        Parties.address(77),
                        Parties.CHANNEL.signer(),
                        Parties.CHANNEL.salt());

        assertThat(refused(open(foreign, FEE, 600))).isEqualTo(RelayAnswer.Refused.Reason.NOT_OURS);
    }

    @Test
    void an_order_that_is_nearly_over_is_not_carried() throws Exception {
        assertThat(refused(open(Parties.CHANNEL, FEE, 30)))
                .isEqualTo(RelayAnswer.Refused.Reason.TOO_LATE);
    }

    @Test
    void what_the_chain_would_not_do_costs_no_gas() throws Exception {
        rejecting = true;

        assertThat(refused(open(Parties.CHANNEL, FEE, 600)))
                .isEqualTo(RelayAnswer.Refused.Reason.REJECTED);
    }

    @Test
    void more_than_so_many_in_a_minute_have_to_wait() throws Exception {
        for (int i = 0; i < RelayLimits.PER_MINUTE; i++) {
            assertThat(RelayClient.carry(connection, open(Parties.channel(i), FEE, 600)))
                    .isEqualTo(new RelayAnswer.Carried(HASH));
        }
        RelayAnswer answer = RelayClient.carry(connection, open(Parties.CHANNEL, FEE, 600));

        assertThat(((RelayAnswer.Refused) answer).reason())
                .isEqualTo(RelayAnswer.Refused.Reason.BUSY);
    }
}

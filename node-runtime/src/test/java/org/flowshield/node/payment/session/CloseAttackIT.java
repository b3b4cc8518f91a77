package org.flowshield.node.payment.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.CooperativeClose;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.security.tls.TlsTransport;
import org.flowshield.libp2p.transport.DialOptions;
import org.flowshield.node.ledger.Acceptance;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.SessionId;
import org.flowshield.node.ledger.SessionRecord.Metered;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.payment.ChannelView;
import org.flowshield.node.payment.CloseProof;
import org.flowshield.node.payment.Paid;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.PaymentEnd;
import org.flowshield.node.payment.channel.Records;
import org.flowshield.node.payment.wire.PaymentMessage;
import org.flowshield.node.payment.wire.PaymentMessage.Close;
import org.flowshield.node.payment.wire.PaymentMessage.CloseOrder;
import org.flowshield.node.payment.wire.PaymentMessage.CloseRequest;
import org.flowshield.node.payment.wire.PaymentMessage.Ready;
import org.flowshield.node.payment.wire.PaymentMessage.Refused;
import org.flowshield.node.tunnel.TunnelEndedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody has a payee agree on the end of a channel: (1) the channel has paid something, its
 * session is over; (2) he who is not its signer, or says less than was paid, or says it elsewhere
 * or again, asks for the payee's signature; (3) he tries to be served through the channel after it.
 */
@Timeout(120)
final class CloseAttackIT {

    private static final ChannelKey CHANNEL = Parties.CHANNEL;
    private static final ChannelId ID = CHANNEL.id(Parties.DOMAIN);
    private static final Paid PAID = new Paid(Parties.PRICE.cost(1 << 20), 1 << 20);
    private static final Paid MORE = new Paid(Parties.PRICE.cost(2 << 20), 2 << 20);

    @TempDir private Path folder;
    private final SecureRandom random = new SecureRandom();
    private final FakeChain chain = new FakeChain();
    private final PrivateKey key = PrivateKey.generate(random);
    private PaidProvider provider;
    private Host host;
    private Connection connection;

    @BeforeEach
    void serve() throws Exception {
        provider = new PaidProvider(folder.resolve("provider"), chain, false);
        chain.open(CHANNEL, Parties.flow("2"), Bytes32.ZERO);
        host =
                new HostBuilder(key)
                        .security(new TlsTransport(key, random, Clock.systemUTC()))
                        .eventLoopThreads(1)
                        .build();
        connection = host.connect(provider.address, DialOptions.DEFAULT);
    }

    @AfterEach
    void stop() {
        host.close();
        key.close();
        provider.close();
    }

    private void paid() throws Exception {
        Ledger ledger = provider.ledger;
        ledger.put(
                Records.of(
                        CHANNEL,
                        Parties.DOMAIN,
                        Side.PAYEE,
                        Optional.empty(),
                        Bytes32.ZERO,
                        chain.view(CHANNEL),
                        Optional.empty()));
        SessionId session = ledger.begin(ID, Side.PAYEE, Optional.empty(), Optional.empty());
        Acceptance _ = ledger.accept(session, Parties.voucher(PAID));
        ledger.end(session, Metered.NOTHING, Metered.NOTHING, "over");
    }

    private Bytes32 node() {
        return new Bytes32(connection.remotePeer().publicKey().orElseThrow().data());
    }

    private CloseOrder order(SigningKey by, TokenAmount amount, Optional<SignedVoucher> last) {
        return new CloseOrder(
                CHANNEL, amount, by.sign(CloseProof.digest(ID, node(), amount)), last);
    }

    private CloseOrder honest() {
        return order(Parties.SIGNER, PAID.cumulative(), Optional.of(Parties.voucher(PAID)));
    }

    private PaymentMessage ask(CloseOrder order) throws Exception {
        return CloseService.ask(connection, order);
    }

    private void refused(CloseOrder order, PaymentEnd why) throws Exception {
        assertThat(ask(order))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(why));
        assertThat(provider.ledger.channel(ID, Side.PAYEE).map(ChannelRecord::status))
                .isNotEqualTo(Optional.of(ChannelRecord.Status.AGREED));
    }

    private void agreed(CloseOrder order, Paid paid) throws Exception {
        assertThat(ask(order))
                .isInstanceOfSatisfying(
                        Close.class,
                        close -> {
                            assertThat(close.finalAmount()).isEqualTo(paid.cumulative());
                            Bytes32 signed =
                                    new CooperativeClose(ID, paid.cumulative())
                                            .digest(Parties.DOMAIN);
                            assertThat(close.byPayee().isBy(Parties.PAYEE.address(), signed))
                                    .isTrue();
                        });
    }

    /** Whether a session can be paid from the channel. */
    private boolean serves() throws Exception {
        RawPayer payer = new RawPayer(CHANNEL, Parties.SIGNER, UnaryOperator.identity());
        try (PaidClient.Session _ = PaidClient.connect(provider.address, payer, Optional.empty())) {
            Object answer = payer.await(PaymentMessage.class);
            return answer instanceof Ready;
        } catch (TunnelEndedException e) {
            return false;
        }
    }

    @Test
    void who_is_not_the_channels_signer_gets_nothing() throws Exception {
        paid();
        refused(
                order(Parties.STRANGER, PAID.cumulative(), Optional.empty()),
                PaymentEnd.NOT_SIGNER);
        Bytes32 elsewhere = CloseProof.digest(ID, Parties.NODE_KEY, PAID.cumulative());
        refused(
                new CloseOrder(
                        CHANNEL,
                        PAID.cumulative(),
                        Parties.SIGNER.sign(elsewhere),
                        Optional.empty()),
                PaymentEnd.NOT_SIGNER);
        refused(
                new CloseOrder(CHANNEL, MORE.cumulative(), honest().proof(), Optional.empty()),
                PaymentEnd.NOT_SIGNER);
        assertThat(serves()).isTrue();
    }

    @Test
    void less_than_was_paid_is_not_signed_and_more_neither() throws Exception {
        paid();
        refused(order(Parties.SIGNER, TokenAmount.ZERO, Optional.empty()), PaymentEnd.BAD_VOUCHER);
        refused(order(Parties.SIGNER, MORE.cumulative(), Optional.empty()), PaymentEnd.BAD_VOUCHER);
        SignedVoucher forged =
                SignedVoucher.sign(MORE.voucher(ID), Parties.DOMAIN, Parties.STRANGER);
        refused(
                order(Parties.SIGNER, MORE.cumulative(), Optional.of(forged)),
                PaymentEnd.BAD_VOUCHER);
        assertThat(serves()).isTrue();
    }

    @Test
    void a_channel_of_somebody_else_or_of_nobody_is_not_agreed_on() throws Exception {
        ChannelKey unknown = Parties.channel(5);
        TokenAmount nothing = TokenAmount.ZERO;
        Bytes32 said = CloseProof.digest(unknown.id(Parties.DOMAIN), node(), nothing);
        CloseOrder order =
                new CloseOrder(unknown, nothing, Parties.SIGNER.sign(said), Optional.empty());
        assertThat(ask(order)).isInstanceOf(Refused.class);
        chain.status(CHANNEL, ChannelView.Status.CLOSING);
        refused(order(Parties.SIGNER, nothing, Optional.empty()), PaymentEnd.CHANNEL_CLOSING);
    }

    @Test
    void a_replay_brings_the_same_signature_and_nobody_is_served_after_it() throws Exception {
        paid();
        agreed(honest(), PAID);
        agreed(honest(), PAID);
        assertThat(serves()).isFalse();
        // More that was signed meanwhile does not make a second end of it.
        SignedVoucher more = Parties.voucher(MORE);
        agreed(order(Parties.SIGNER, MORE.cumulative(), Optional.of(more)), MORE);
        provider.close();
        provider = new PaidProvider(folder.resolve("provider"), chain, false);
        assertThat(serves()).isFalse();
    }

    @Test
    void a_voucher_that_did_not_arrive_is_taken_and_a_channel_never_used_is_closed()
            throws Exception {
        agreed(order(Parties.SIGNER, MORE.cumulative(), Optional.of(Parties.voucher(MORE))), MORE);
        assertThat(provider.ledger.latest(ID, Side.PAYEE)).contains(Parties.voucher(MORE));
        ChannelKey unused = Parties.channel(6);
        chain.open(unused, Parties.flow("1"), Bytes32.ZERO);
        Bytes32 said = CloseProof.digest(unused.id(Parties.DOMAIN), node(), TokenAmount.ZERO);
        assertThat(
                        ask(
                                new CloseOrder(
                                        unused,
                                        TokenAmount.ZERO,
                                        Parties.SIGNER.sign(said),
                                        Optional.empty())))
                .isInstanceOf(Close.class);
    }

    @Test
    void nobody_is_served_after_an_end_that_was_agreed_on_in_a_session() throws Exception {
        RawPayer payer = new RawPayer(CHANNEL, Parties.SIGNER, UnaryOperator.identity());
        try (PaidClient.Session _ = PaidClient.connect(provider.address, payer, Optional.empty())) {
            Ready _ = payer.await(Ready.class);
            payer.say(new CloseRequest(TokenAmount.ZERO));
            assertThat(payer.await(Close.class).finalAmount()).isEqualTo(TokenAmount.ZERO);
        }
        assertThat(serves()).isFalse();
    }
}

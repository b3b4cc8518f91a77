package org.flowshield.node.payment.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.payment.CreditWindow;
import org.flowshield.node.payment.Paid;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.PaymentEnd;
import org.flowshield.node.payment.wire.PaymentMessage.Begin;
import org.flowshield.node.payment.wire.PaymentMessage.Credit;
import org.flowshield.node.payment.wire.PaymentMessage.CreditBlocked;
import org.flowshield.node.payment.wire.PaymentMessage.Pay;
import org.flowshield.node.payment.wire.PaymentMessage.Ready;
import org.flowshield.node.payment.wire.PaymentMessage.Stop;
import org.flowshield.node.tunnel.TestPackets;
import org.flowshield.node.tunnel.TunnelEndedException;
import org.flowshield.node.tunnel.credit.PaidMeter.Metered;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A provider that says what it should not, over a real connection: (1) a client agrees to its offer
 * and opens a channel, (2) the provider claims more than was carried, signed or paid. The client
 * pays for what it has counted and no more, and says why it ends the session.
 */
@Timeout(120)
final class CheatingProviderAttackIT {

    @TempDir private Path folder;
    private final FakeChain chain = new FakeChain();
    private final RawPayee cheat = new RawPayee();
    private PaidProvider provider;
    private PaidClient client;

    @BeforeEach
    void begin() throws Exception {
        provider =
                new PaidProvider(
                        folder.resolve("provider"),
                        chain,
                        false,
                        PaidProvider.settings(CreditWindow.MOST),
                        (_, _) -> cheat);
        client =
                new PaidClient(
                        folder.resolve("client"), chain, Parties.flow("2"), TokenAmount.ZERO);
    }

    @AfterEach
    void end() {
        client.close();
        provider.close();
    }

    private interface Attack {
        void run(PaidClient.Session session, PaidTraffic traffic) throws Exception;
    }

    /** Answers the client's Begin, which waits for that before its packets flow. */
    private FutureTask<Begin> answering(Ready ready) {
        FutureTask<Begin> answering =
                new FutureTask<>(
                        () -> {
                            Begin begin = cheat.await(Begin.class);
                            cheat.say(ready);
                            return begin;
                        });
        Thread.ofVirtual().start(answering);
        return answering;
    }

    /** A session with a provider that began as it should. */
    private PaidClient.Session connected() throws Exception {
        FutureTask<Begin> answering =
                answering(new Ready(Paid.NOTHING, Optional.empty(), RawPayee.TERMS));
        PaidClient.Session session = client.connect(provider.address);
        Begin _ = answering.get();
        return session;
    }

    /** Why the client ends the session; it has not paid for more than it has counted. */
    private PaymentEnd end(Attack attack) throws Exception {
        try (PaidClient.Session session = connected();
                PaidTraffic traffic = new PaidTraffic(session, provider)) {
            attack.run(session, traffic);
            PaymentEnd reason = cheat.await(Stop.class).reason();
            TunnelEndedException _ = session.tunnel().ended().get();

            ChannelRecord channel = client.ledger.channels(Side.PAYER).getFirst();
            TokenAmount signed =
                    client.ledger
                            .latest(channel.id(), Side.PAYER)
                            .map(voucher -> voucher.voucher().cumulative())
                            .orElse(TokenAmount.ZERO);
            assertThat(signed)
                    .isLessThanOrEqualTo(
                            Parties.PRICE.cost(session.bill().credit().metered().billable()));
            return reason;
        }
    }

    @Test
    void more_than_was_carried_is_not_paid() throws Exception {
        assertThat(
                        end(
                                (_, traffic) -> {
                                    traffic.send(true, 200_000);
                                    Pay pay = cheat.await(Pay.class);
                                    cheat.say(
                                            new Credit(
                                                    pay.voucher().voucher().cumulative(),
                                                    RawPayee.TERMS,
                                                    new Metered(100 << 20, 200_000, 0)));
                                }))
                .isEqualTo(PaymentEnd.METERS_DISAGREE);
    }

    @Test
    void what_is_said_to_be_paid_already_needs_a_signature() throws Exception {
        Paid claimed = new Paid(Parties.flow("1"), 1L << 30);
        FutureTask<PaymentEnd> claiming =
                new FutureTask<>(
                        () -> {
                            Begin begin = cheat.await(Begin.class);
                            cheat.say(
                                    new Ready(
                                            claimed,
                                            Optional.of(
                                                    SignedVoucher.sign(
                                                            claimed.voucher(
                                                                    begin.channel()
                                                                            .id(Parties.DOMAIN)),
                                                            Parties.DOMAIN,
                                                            Parties.STRANGER)),
                                            RawPayee.TERMS));
                            return cheat.await(Stop.class).reason();
                        });
        Thread.ofVirtual().start(claiming);

        assertThatThrownBy(() -> client.connect(provider.address))
                .isInstanceOf(TunnelEndedException.class);

        assertThat(claiming.get()).isEqualTo(PaymentEnd.BAD_VOUCHER);
        ChannelRecord channel = client.ledger.channels(Side.PAYER).getFirst();
        assertThat(client.ledger.latest(channel.id(), Side.PAYER)).isEmpty();
    }

    @Test
    void a_voucher_that_was_never_signed_is_not_acknowledged() throws Exception {
        assertThat(
                        end(
                                (_, _) -> {
                                    cheat.say(
                                            new Credit(
                                                    Parties.flow("1"),
                                                    RawPayee.TERMS,
                                                    new Metered(0, 0, 0)));
                                }))
                .isEqualTo(PaymentEnd.PROTOCOL);
    }

    @Test
    void who_asks_twice_is_paid_once() throws Exception {
        assertThat(
                        end(
                                (session, traffic) -> {
                                    traffic.send(true, 150_000);
                                    for (int i = 0; i < 50; i++) {
                                        cheat.say(new CreditBlocked(new Metered(0, 0, 0)));
                                    }
                                    while (traffic.up() < 150_000) {
                                        Thread.sleep(5);
                                    }
                                    Paid paid = Paid.NOTHING;
                                    while (paid.bytes()
                                            < session.bill().credit().metered().billable()) {
                                        Pay pay = cheat.await(Pay.class);
                                        assertThat(Paid.of(pay.voucher().voucher()).isAfter(paid))
                                                .isTrue();
                                        paid = Paid.of(pay.voucher().voucher());
                                    }
                                    cheat.say(pay(paid)); // no message of a provider
                                }))
                .isEqualTo(PaymentEnd.PROTOCOL);
    }

    private static Pay pay(Paid paid) {
        return new Pay(Parties.voucher(paid), new Metered(0, 0, 0));
    }

    @Test
    void what_nobody_asked_for_is_not_paid_and_ends_the_session() throws Exception {
        assertThat(
                        end(
                                (session, _) -> {
                                    ByteBuffer junk = ByteBuffer.allocateDirect(200 * 1500);
                                    for (int i = 0; i < 200; i++) {
                                        TestPackets.append(
                                                junk,
                                                session.grant(),
                                                false,
                                                TestPackets.TCP,
                                                1380);
                                    }
                                    provider.internet().write(junk.flip());
                                }))
                .isEqualTo(PaymentEnd.UNSOLICITED);
    }

    @Test
    void who_swallows_what_comes_gets_no_more_than_a_window() throws Exception {
        try (PaidClient.Session session = connected();
                PaidTraffic traffic = new PaidTraffic(session, provider)) {
            traffic.send(true, 8 << 20); // all of it arrives, but the provider does not say so
            Pay _ = cheat.await(Pay.class);
            client.skipped.skip(Duration.ofSeconds(30));
            TunnelEndedException end = session.tunnel().ended().get();

            assertThat(end).hasMessageContaining(PaymentEnd.CREDIT_STALLED.words());
            assertThat(session.bill().credit().metered().billable())
                    .isLessThanOrEqualTo(CreditWindow.FIRST);
        }
    }
}

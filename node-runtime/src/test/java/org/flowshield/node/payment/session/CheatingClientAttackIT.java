package org.flowshield.node.payment.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.payment.ChannelView;
import org.flowshield.node.payment.CreditWindow;
import org.flowshield.node.payment.Paid;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.PaymentEnd;
import org.flowshield.node.payment.wire.PaymentMessage.Begin;
import org.flowshield.node.payment.wire.PaymentMessage.CloseRequest;
import org.flowshield.node.payment.wire.PaymentMessage.Credit;
import org.flowshield.node.payment.wire.PaymentMessage.CreditBlocked;
import org.flowshield.node.payment.wire.PaymentMessage.Ready;
import org.flowshield.node.payment.wire.PaymentMessage.Refused;
import org.flowshield.node.payment.wire.PaymentMessage.Stop;
import org.flowshield.node.tunnel.TunnelEndedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client that says what it should not, over a real connection: (1) it opens a session with an
 * agreed offer, (2) begins to pay, or pretends to, (3) sends as much as it gets through. The
 * provider carries at most a window that is not paid for, and says why it ends the session.
 */
@Timeout(120)
final class CheatingClientAttackIT {

    private static final ChannelKey CHANNEL = Parties.CHANNEL;

    @TempDir private Path folder;
    private final FakeChain chain = new FakeChain();
    private PaidProvider provider;

    @BeforeEach
    void serve() throws Exception {
        provider = new PaidProvider(folder.resolve("provider"), chain, false);
        chain.open(CHANNEL, Parties.flow("2"), Bytes32.ZERO);
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    private static RawPayer payer() {
        return new RawPayer(CHANNEL, Parties.SIGNER, UnaryOperator.identity());
    }

    /** The session ends for this reason, perhaps before it has quite begun, and nothing passes. */
    private void refused(UnaryOperator<Begin> change, PaymentEnd why) throws Exception {
        RawPayer cheat = new RawPayer(CHANNEL, Parties.SIGNER, change);
        try (PaidClient.Session session =
                        PaidClient.connect(provider.address, cheat, Optional.empty());
                PaidTraffic traffic = new PaidTraffic(session, provider)) {
            traffic.send(true, 1 << 20);
            if (why == PaymentEnd.PEER_SILENT) {
                Refused _ = cheat.await(Refused.class);
                PaidProvider.SKIPPED.skip(Duration.ofSeconds(15));
            }
            assertThat(session.tunnel().ended().get()).hasMessageContaining(why.words());
        } catch (TunnelEndedException early) {
            assertThat(early).hasMessageContaining(why.words());
        }
        assertThat(provider.arrived()).isZero();
    }

    /** Sends until the provider waits for money, then does this, and gives the end's reason. */
    private PaymentEnd end(Attack attack) throws Exception {
        RawPayer cheat = payer();
        try (PaidClient.Session session =
                        PaidClient.connect(provider.address, cheat, Optional.empty());
                PaidTraffic traffic = new PaidTraffic(session, provider)) {
            Ready _ = cheat.await(Ready.class);
            traffic.send(true, 1 << 20);
            CreditBlocked _ = cheat.await(CreditBlocked.class);
            attack.run(cheat);
            PaymentEnd reason = cheat.await(Stop.class).reason();
            session.tunnel().ended().get();
            TokenAmount kept =
                    provider.ledger
                            .latest(CHANNEL.id(Parties.DOMAIN), Side.PAYEE)
                            .map(voucher -> voucher.voucher().cumulative())
                            .orElse(TokenAmount.ZERO);

            assertThat(traffic.up())
                    .isLessThanOrEqualTo(Parties.PRICE.bytesFor(kept) + 2 * CreditWindow.FIRST);
            return reason;
        }
    }

    private interface Attack {
        void run(RawPayer cheat) throws Exception;
    }

    private static Paid half(long bytes) {
        return new Paid(Parties.PRICE.cost(bytes / 2), bytes);
    }

    private static Paid full(long bytes) {
        return new Paid(Parties.PRICE.cost(bytes), bytes);
    }

    @Test
    void a_channel_is_not_used_by_who_knows_it_from_the_chain() throws Exception {
        refused(
                begin ->
                        new Begin(
                                begin.token(),
                                begin.channel(),
                                begin.offerHash(),
                                Parties.STRANGER.sign(begin.offerHash()),
                                begin.last()),
                PaymentEnd.NOT_SIGNER);
    }

    @Test
    void another_sessions_token_pays_for_nothing() throws Exception {
        refused(
                begin ->
                        new Begin(
                                Parties.TOKEN,
                                begin.channel(),
                                begin.offerHash(),
                                begin.proof(),
                                begin.last()),
                PaymentEnd.PEER_SILENT);
    }

    @Test
    void an_offer_that_was_not_agreed_to_is_not_taken() throws Exception {
        refused(
                begin ->
                        new Begin(
                                begin.token(),
                                begin.channel(),
                                Bytes32.ZERO,
                                begin.proof(),
                                begin.last()),
                PaymentEnd.OFFER_CHANGED);
    }

    @Test
    void a_voucher_of_another_channel_opens_nothing() throws Exception {
        SignedVoucher foreign =
                SignedVoucher.sign(
                        full(1 << 20).voucher(Parties.channel(1).id(Parties.DOMAIN)),
                        Parties.DOMAIN,
                        Parties.SIGNER);
        refused(
                begin ->
                        new Begin(
                                begin.token(),
                                begin.channel(),
                                begin.offerHash(),
                                begin.proof(),
                                Optional.of(foreign)),
                PaymentEnd.BAD_VOUCHER);
    }

    @Test
    void a_closing_channel_is_not_served() throws Exception {
        chain.status(CHANNEL, ChannelView.Status.CLOSING);

        refused(UnaryOperator.identity(), PaymentEnd.CHANNEL_CLOSING);
    }

    @Test
    void half_the_price_is_not_enough() throws Exception {
        assertThat(end(cheat -> cheat.pay(half(CreditWindow.FIRST / 2))))
                .isEqualTo(PaymentEnd.UNDERPAID);
    }

    @Test
    void a_voucher_is_not_taken_twice_for_other_bytes() throws Exception {
        assertThat(
                        end(
                                cheat -> {
                                    cheat.pay(full(1000));
                                    cheat.pay(full(2000));
                                    cheat.pay(full(1000));
                                }))
                .isEqualTo(PaymentEnd.BAD_VOUCHER);
    }

    @Test
    void another_channels_voucher_is_not_taken() throws Exception {
        assertThat(end(cheat -> cheat.pay(Parties.channel(1), full(1000), Parties.SIGNER)))
                .isEqualTo(PaymentEnd.BAD_VOUCHER);
    }

    @Test
    void a_strangers_voucher_is_not_taken() throws Exception {
        assertThat(end(cheat -> cheat.pay(CHANNEL, full(1000), Parties.STRANGER)))
                .isEqualTo(PaymentEnd.BAD_VOUCHER);
    }

    @Test
    void more_than_the_channel_holds_is_not_taken() throws Exception {
        assertThat(end(cheat -> cheat.pay(new Paid(Parties.flow("3"), 1000))))
                .isEqualTo(PaymentEnd.BAD_VOUCHER);
    }

    @Test
    void more_bytes_than_were_carried_are_not_attested() throws Exception {
        assertThat(end(cheat -> cheat.pay(full(1L << 30)))).isEqualTo(PaymentEnd.METERS_DISAGREE);
    }

    @Test
    void a_channel_is_not_closed_for_less_than_it_has_paid() throws Exception {
        assertThat(
                        end(
                                cheat -> {
                                    cheat.pay(full(100_000));
                                    Credit _ = cheat.await(Credit.class);
                                    cheat.say(new CloseRequest(Parties.PRICE.cost(1000)));
                                }))
                .isEqualTo(PaymentEnd.BAD_VOUCHER);
    }

    @Test
    void two_sessions_do_not_share_a_channel() throws Exception {
        RawPayer first = payer();
        RawPayer second = payer();
        try (PaidClient.Session one =
                        PaidClient.connect(provider.address, first, Optional.empty());
                PaidTraffic traffic = new PaidTraffic(one, provider)) {
            Ready _ = first.await(Ready.class);
            traffic.send(true, 1 << 20);
            CreditBlocked _ = first.await(CreditBlocked.class);
            first.pay(full(100_000));
            Credit _ = first.await(Credit.class);
            try (PaidClient.Session two =
                    PaidClient.connect(provider.address, second, Optional.empty())) {
                Ready ready = second.await(Ready.class);
                one.tunnel().ended().get();

                assertThat(ready.paid()).isEqualTo(full(100_000));
                assertThat(two.tunnel().ended()).isNotDone();
            }
        }
    }

    @Test
    void who_vanishes_without_paying_is_remembered() throws Exception {
        RawPayer cheat = payer();
        try (PaidClient.Session session =
                        PaidClient.connect(provider.address, cheat, Optional.empty());
                PaidTraffic traffic = new PaidTraffic(session, provider)) {
            Ready _ = cheat.await(Ready.class);
            traffic.send(true, 1 << 20);
            CreditBlocked _ = cheat.await(CreditBlocked.class);
            session.kill();
            while (provider.arrears(CHANNEL) == 0) {
                Thread.sleep(5);
            }

            assertThat(provider.arrears(CHANNEL)).isLessThanOrEqualTo(CreditWindow.FIRST);
        }
    }
}

package org.flowshield.node.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.node.payment.PayeeSession.Allow;
import org.flowshield.node.payment.PayeeSession.Check;
import org.flowshield.node.payment.PayeeSession.Effect;
import org.flowshield.node.payment.PayeeSession.Ended;
import org.flowshield.node.payment.PayeeSession.Event;
import org.flowshield.node.payment.PayeeSession.Found;
import org.flowshield.node.payment.PayeeSession.Keep;
import org.flowshield.node.payment.PayeeSession.Kept;
import org.flowshield.node.payment.PayeeSession.Look;
import org.flowshield.node.payment.PayeeSession.LookAt;
import org.flowshield.node.payment.PayeeSession.Lost;
import org.flowshield.node.payment.PayeeSession.NotKept;
import org.flowshield.node.payment.PayeeSession.PayeeTerms;
import org.flowshield.node.payment.PayeeSession.Received;
import org.flowshield.node.payment.PayeeSession.Seen;
import org.flowshield.node.payment.PayeeSession.Send;
import org.flowshield.node.payment.PayeeSession.Serving;
import org.flowshield.node.payment.PayeeSession.State;
import org.flowshield.node.payment.PayeeSession.Stopping;
import org.flowshield.node.payment.PayeeSession.Transition;
import org.flowshield.node.payment.wire.PaymentMessage.Credit;
import org.flowshield.node.payment.wire.PaymentMessage.CreditBlocked;
import org.flowshield.node.payment.wire.PaymentMessage.Pay;
import org.flowshield.node.payment.wire.PaymentMessage.Ready;
import org.flowshield.node.payment.wire.PaymentMessage.Refused;
import org.flowshield.node.payment.wire.PaymentMessage.Stop;
import org.flowshield.node.payment.wire.PaymentMessage.ToppedUp;
import org.flowshield.node.tunnel.credit.PaidMeter;
import org.flowshield.node.tunnel.credit.PaidMeter.Metered;
import org.junit.jupiter.api.Test;

final class PayeeSessionTest {

    private static final TokenAmount DEPOSIT = Parties.flow("1");
    private static final ChannelView OPEN =
            new ChannelView(ChannelView.Status.OPEN, DEPOSIT, DEPOSIT, TokenAmount.ZERO);

    private State state =
            PayeeSession.start(new PayeeTerms(Parties.OFFER, Parties.OFFER_HASH), Parties.TOKEN, 0);
    private long now;
    private long carried;
    private boolean held;

    private List<Effect> after(Event event) {
        Transition transition =
                PayeeSession.next(state, event, new Moment(now, new Metered(carried, 0, 0), held));
        state = transition.state();
        return transition.effects();
    }

    private void wait(Duration time) {
        now += time.toNanos();
    }

    private List<Effect> begin(ChannelView view, Optional<SignedVoucher> last, long arrears) {
        List<Effect> _ = after(new Received(Parties.begin()));
        return after(new Found(view, last, arrears));
    }

    private List<Effect> pay(Paid paid) {
        SignedVoucher voucher = Parties.voucher(paid);
        List<Effect> effects = after(new Received(new Pay(voucher, new Metered(0, 0, 0))));
        assertThat(effects).contains(new Keep(voucher, new Metered(0, 0, 0)));
        return after(new Kept(voucher));
    }

    private static Paid full(long bytes) {
        return new Paid(Parties.PRICE.cost(bytes), bytes);
    }

    private static <T> T only(List<Effect> effects, Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
    }

    private PaymentEnd ended() {
        return ((Ended) state).reason();
    }

    @Test
    void serves_a_first_window_when_the_channel_is_good() {
        assertThat(after(new Received(Parties.begin())))
                .containsExactly(new Check(Parties.CHANNEL, Optional.empty()));
        List<Effect> effects = after(new Found(OPEN, Optional.empty(), 0));

        assertThat(((Ready) only(effects, Send.class).message()).paid()).isEqualTo(Paid.NOTHING);
        assertThat(only(effects, Allow.class).until())
                .isEqualTo(CreditWindow.FIRST - PaidMeter.MAX_OVERSHOOT);
    }

    @Test
    void goes_on_where_the_last_session_ended() {
        SignedVoucher last = Parties.voucher(full(1 << 20));
        List<Effect> effects = begin(OPEN, Optional.of(last), 0);

        Ready ready = (Ready) only(effects, Send.class).message();
        assertThat(ready.paid()).isEqualTo(full(1 << 20));
        assertThat(ready.last()).contains(last);
    }

    @Test
    void what_was_claimed_was_paid_although_the_voucher_is_lost() {
        TokenAmount claimed = Parties.flow("0.25");
        List<Effect> effects =
                begin(
                        new ChannelView(ChannelView.Status.OPEN, DEPOSIT, DEPOSIT, claimed),
                        Optional.empty(),
                        0);

        assertThat(((Ready) only(effects, Send.class).message()).paid().cumulative())
                .isEqualTo(claimed);
    }

    @Test
    void looks_again_for_a_channel_that_our_node_does_not_have_yet() {
        assertThat(begin(ChannelView.NONE, Optional.empty(), 0)).isEmpty();
        wait(PayeeSession.LOOK_AGAIN);
        assertThat(after(new Look())).hasExactlyElementsOfTypes(Check.class);
        wait(PayeeSession.CHANNEL_WITHIN);

        assertThat(only(after(new Found(ChannelView.NONE, Optional.empty(), 0)), Send.class))
                .extracting(send -> ((Refused) send.message()).reason())
                .isEqualTo(PaymentEnd.NO_CHANNEL);
    }

    @Test
    void refuses_too_small_a_deposit_and_too_much_that_was_not_paid() {
        List<Effect> effects =
                begin(
                        new ChannelView(
                                ChannelView.Status.OPEN,
                                Parties.flow("0.0009"),
                                Parties.flow("0.0009"),
                                TokenAmount.ZERO),
                        Optional.empty(),
                        0);
        assertThat(((Refused) only(effects, Send.class).message()).reason())
                .isEqualTo(PaymentEnd.DEPOSIT_TOO_LOW);

        state =
                PayeeSession.start(
                        new PayeeTerms(Parties.OFFER, Parties.OFFER_HASH), Parties.TOKEN, 0);
        List<Effect> again = begin(OPEN, Optional.empty(), PayeeSession.TOLERATED + 1);
        assertThat(((Refused) only(again, Send.class).message()).reason())
                .isEqualTo(PaymentEnd.ARREARS);
    }

    @Test
    void extends_credit_only_when_the_voucher_is_safe() {
        List<Effect> _ = begin(OPEN, Optional.empty(), 0);
        carried = 150_000;
        SignedVoucher voucher = Parties.voucher(full(150_000));
        List<Effect> before = after(new Received(new Pay(voucher, new Metered(0, 0, 0))));

        assertThat(before).containsExactly(new Keep(voucher, new Metered(0, 0, 0)));
        List<Effect> kept = after(new Kept(voucher));
        assertThat(((Credit) only(kept, Send.class).message()).paid())
                .isEqualTo(Parties.PRICE.cost(150_000));
        assertThat(only(kept, Allow.class).until())
                .isEqualTo(150_000 + 2 * CreditWindow.FIRST - PaidMeter.MAX_OVERSHOOT);
    }

    @Test
    void a_voucher_that_could_not_be_kept_ends_the_session() {
        List<Effect> _ = begin(OPEN, Optional.empty(), 0);
        List<Effect> _ = after(new NotKept(PaymentEnd.LEDGER_FAILED, "the disk is full"));

        assertThat(ended()).isEqualTo(PaymentEnd.LEDGER_FAILED);
    }

    @Test
    void the_same_voucher_again_is_no_harm() {
        List<Effect> _ = begin(OPEN, Optional.empty(), 0);
        carried = 1000;
        List<Effect> _ = pay(full(1000));
        List<Effect> effects =
                after(new Received(new Pay(Parties.voucher(full(1000)), new Metered(0, 0, 0))));

        assertThat(effects).hasExactlyElementsOfTypes(Allow.class);
        assertThat(state).isInstanceOf(Serving.class);
    }

    @Test
    void says_that_it_waits_and_gives_up_in_the_end() {
        List<Effect> _ = begin(OPEN, Optional.empty(), 0);
        carried = CreditWindow.FIRST;
        held = true;

        assertThat(after(new Look()))
                .contains(new Send(new CreditBlocked(new Metered(carried, 0, 0))));
        assertThat(after(new Look()))
                .doesNotContain(new Send(new CreditBlocked(new Metered(carried, 0, 0))));
        wait(PayeeSession.STALLED_AFTER);
        List<Effect> _ = after(new Look());
        assertThat(ended()).isEqualTo(PaymentEnd.PAYMENT_STALLED);
    }

    @Test
    void counts_a_top_up_when_it_is_confirmed() {
        List<Effect> _ = begin(OPEN, Optional.empty(), 0);
        List<Effect> _ = after(new Received(new ToppedUp()));
        wait(PayeeSession.LOOK_AGAIN);
        assertThat(after(new Look())).contains(new LookAt(Parties.CHANNEL));
        TokenAmount more = Parties.flow("2");

        List<Effect> _ =
                after(
                        new Seen(
                                new ChannelView(
                                        ChannelView.Status.OPEN, more, DEPOSIT, TokenAmount.ZERO)));
        assertThat(((Serving) state).account().deposit().usable()).isEqualTo(DEPOSIT);
        List<Effect> effects =
                after(
                        new Seen(
                                new ChannelView(
                                        ChannelView.Status.OPEN, more, more, TokenAmount.ZERO)));
        assertThat(((Credit) only(effects, Send.class).message()).terms().deposit())
                .isEqualTo(new Deposit(more, true));
    }

    @Test
    void a_channel_that_is_being_closed_ends_the_session_after_the_last_payment() {
        List<Effect> _ = begin(OPEN, Optional.empty(), 0);
        carried = 1000;
        List<Effect> effects =
                after(
                        new Seen(
                                new ChannelView(
                                        ChannelView.Status.CLOSING,
                                        DEPOSIT,
                                        DEPOSIT,
                                        TokenAmount.ZERO)));
        assertThat(((Stop) only(effects, Send.class).message()).reason())
                .isEqualTo(PaymentEnd.CHANNEL_CLOSING);
        assertThat(only(effects, Allow.class).until()).isZero();
        SignedVoucher last = Parties.voucher(full(1000));

        assertThat(after(new Received(new Pay(last, new Metered(0, 0, 0)))))
                .hasExactlyElementsOfTypes(Keep.class);
        List<Effect> _ = after(new Kept(last));
        assertThat(PayeeSession.unpaid(state, new Metered(carried, 0, 0))).isZero();
        assertThat(state).isInstanceOf(Stopping.class);
        wait(PayeeSession.LAST_PAY_WITHIN);
        List<Effect> _ = after(new Look());
        assertThat(ended()).isEqualTo(PaymentEnd.CHANNEL_CLOSING);
    }

    @Test
    void remembers_what_was_not_paid_when_the_client_is_lost() {
        List<Effect> _ = begin(OPEN, Optional.empty(), 0);
        carried = 100_000;
        List<Effect> _ = pay(full(40_000));

        assertThat(PayeeSession.unpaid(state, new Metered(carried, 0, 0))).isEqualTo(60_000);
        List<Effect> _ = after(new Lost("gone"));
        assertThat(ended()).isEqualTo(PaymentEnd.PEER_SILENT);
    }
}

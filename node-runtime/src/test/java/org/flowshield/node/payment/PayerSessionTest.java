package org.flowshield.node.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.node.payment.PayerSession.Adopt;
import org.flowshield.node.payment.PayerSession.Allow;
import org.flowshield.node.payment.PayerSession.CloseAsked;
import org.flowshield.node.payment.PayerSession.Effect;
import org.flowshield.node.payment.PayerSession.End;
import org.flowshield.node.payment.PayerSession.Ended;
import org.flowshield.node.payment.PayerSession.Event;
import org.flowshield.node.payment.PayerSession.Look;
import org.flowshield.node.payment.PayerSession.NotRefilled;
import org.flowshield.node.payment.PayerSession.NotSigned;
import org.flowshield.node.payment.PayerSession.Received;
import org.flowshield.node.payment.PayerSession.Refill;
import org.flowshield.node.payment.PayerSession.Refilled;
import org.flowshield.node.payment.PayerSession.Send;
import org.flowshield.node.payment.PayerSession.Sign;
import org.flowshield.node.payment.PayerSession.Signed;
import org.flowshield.node.payment.PayerSession.State;
import org.flowshield.node.payment.PayerSession.StopAsked;
import org.flowshield.node.payment.PayerSession.Transition;
import org.flowshield.node.payment.wire.PaymentMessage.Close;
import org.flowshield.node.payment.wire.PaymentMessage.CloseRequest;
import org.flowshield.node.payment.wire.PaymentMessage.Credit;
import org.flowshield.node.payment.wire.PaymentMessage.CreditBlocked;
import org.flowshield.node.payment.wire.PaymentMessage.Ready;
import org.flowshield.node.payment.wire.PaymentMessage.Stop;
import org.flowshield.node.payment.wire.PaymentMessage.Terms;
import org.flowshield.node.payment.wire.PaymentMessage.ToppedUp;
import org.flowshield.node.tunnel.credit.PaidMeter;
import org.flowshield.node.tunnel.credit.PaidMeter.Metered;
import org.junit.jupiter.api.Test;

final class PayerSessionTest {

    private static final TokenAmount DEPOSIT = Parties.flow("1");
    private static final Allowance PLENTY = new Allowance(Parties.flow("100"), "a limit");

    private State state = begin(DEPOSIT, TokenAmount.ZERO, PLENTY);
    private long now;
    private long received;
    private long unsolicited;
    private boolean held;
    private Paid signed = Paid.NOTHING;

    private static State begin(TokenAmount deposit, TokenAmount refill, Allowance allowance) {
        return PayerSession.start(
                        Parties.begin(),
                        new PayerTerms(Parties.OFFER, Parties.CHANNEL, refill),
                        Paid.NOTHING,
                        deposit,
                        allowance,
                        0)
                .state();
    }

    private List<Effect> after(Event event) {
        Transition transition =
                PayerSession.next(
                        state, event, new Moment(now, new Metered(0, received, unsolicited), held));
        state = transition.state();
        return transition.effects();
    }

    private List<Effect> ready(TokenAmount deposit) {
        return after(
                new Received(
                        new Ready(
                                Paid.NOTHING,
                                Optional.empty(),
                                new Terms(CreditWindow.FIRST, new Deposit(deposit, true)))));
    }

    /** Signs what is due; nothing if nothing is. */
    private Optional<Voucher> look() {
        return sign(after(new Look()));
    }

    private Optional<Voucher> sign(List<Effect> effects) {
        Optional<Voucher> due =
                effects.stream()
                        .filter(Sign.class::isInstance)
                        .map(effect -> ((Sign) effect).voucher())
                        .findFirst();
        due.ifPresent(
                voucher -> {
                    signed = Paid.of(voucher);
                    List<Effect> _ = after(new Signed(voucher, PLENTY));
                });
        return due;
    }

    private List<Effect> credit(TokenAmount paid) {
        return after(
                new Received(
                        new Credit(
                                paid,
                                new Terms(CreditWindow.FIRST, new Deposit(DEPOSIT, true)),
                                new Metered(received, 0, 0))));
    }

    private static <T> T only(List<Effect> effects, Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
    }

    private PaymentEnd ended() {
        return ((Ended) state).reason();
    }

    @Test
    void signs_at_a_quarter_of_the_window_for_what_it_has_counted() {
        List<Effect> begun = ready(DEPOSIT);
        assertThat(only(begun, Allow.class).watch()).isEqualTo(CreditWindow.FIRST / 4);
        received = CreditWindow.FIRST / 4 - 1;
        assertThat(look()).isEmpty();
        received++;

        assertThat(look())
                .contains(
                        new Paid(Parties.PRICE.cost(received), received)
                                .voucher(Parties.CHANNEL.id(Parties.DOMAIN)));
    }

    @Test
    void signs_at_three_quarters_of_a_full_window_when_an_exchange_is_quick() {
        List<Effect> _ = ready(DEPOSIT);
        while (window() < CreditWindow.MOST) {
            received += window() / 4;
            List<Effect> acknowledged = credit(look().orElseThrow().cumulative());
            assertThat(acknowledged).isNotEmpty();
        }
        received += CreditWindow.MOST / 4;
        Voucher quick = look().orElseThrow();
        received += 1_000_000;
        List<Effect> acknowledged = credit(quick.cumulative());
        assertThat(acknowledged).isNotEmpty();
        received = quick.bytesServed() + CreditWindow.MOST / 4 * 3 - 1;

        assertThat(look()).isEmpty();
        received++;
        assertThat(look()).isPresent();
    }

    private long window() {
        return ((PayerSession.Paying) state).account().window().bytes();
    }

    @Test
    void pays_small_change_after_half_a_second() {
        List<Effect> _ = ready(DEPOSIT);
        received = 40;
        assertThat(look()).isEmpty();
        now += PayerSession.PAY_WITHIN.toNanos() - 1;
        assertThat(look()).isEmpty();
        now++;

        assertThat(look()).isPresent();
    }

    @Test
    void pays_at_once_when_the_provider_waits_or_its_own_traffic_does() {
        List<Effect> _ = ready(DEPOSIT);
        received = 40;
        assertThat(sign(after(new Received(new CreditBlocked(new Metered(received, 0, 0))))))
                .isPresent();
        received = 80;
        held = true;

        assertThat(look()).isPresent();
    }

    @Test
    void who_waits_before_anything_came_is_paid_when_it_comes() {
        List<Effect> _ = ready(DEPOSIT);
        List<Effect> asked = after(new Received(new CreditBlocked(new Metered(5000, 0, 0))));

        assertThat(only(asked, Allow.class).watch()).isEqualTo(1);
        received = 1;
        assertThat(look()).isPresent();
    }

    @Test
    void the_window_doubles_as_payments_are_acknowledged() {
        List<Effect> _ = ready(DEPOSIT);
        received = CreditWindow.FIRST / 2;
        Voucher first = look().orElseThrow();
        List<Effect> effects = credit(first.cumulative());

        assertThat(only(effects, Allow.class).until())
                .isEqualTo(received + 2 * CreditWindow.FIRST - PaidMeter.MAX_OVERSHOOT);
    }

    @Test
    void goes_on_from_what_was_paid_before() {
        Paid before = new Paid(Parties.flow("0.5"), 1L << 29);
        state =
                PayerSession.start(
                                Parties.begin(),
                                new PayerTerms(Parties.OFFER, Parties.CHANNEL, TokenAmount.ZERO),
                                before,
                                DEPOSIT,
                                PLENTY,
                                0)
                        .state();
        assertThat(only(ready(DEPOSIT), Allow.class).watch()).isEqualTo(CreditWindow.MOST / 4);
        received = CreditWindow.MOST / 4;

        assertThat(look().orElseThrow())
                .isEqualTo(
                        new Paid(
                                        before.cumulative().plus(Parties.PRICE.cost(received)),
                                        before.bytes() + received)
                                .voucher(Parties.CHANNEL.id(Parties.DOMAIN)));
    }

    @Test
    void adopts_a_voucher_of_its_own_that_its_ledger_has_lost() {
        SignedVoucher lost = Parties.voucher(new Paid(Parties.flow("0.25"), 1L << 28));
        List<Effect> effects =
                after(
                        new Received(
                                new Ready(
                                        Paid.of(lost.voucher()),
                                        Optional.of(lost),
                                        new Terms(
                                                CreditWindow.FIRST, new Deposit(DEPOSIT, true)))));

        assertThat(effects).contains(new Adopt(lost));
    }

    @Test
    void tops_up_when_the_channel_runs_low_and_says_so() {
        TokenAmount small = Parties.PRICE.cost(4 << 20);
        state = begin(small, small, PLENTY);
        List<Effect> _ = ready(small);
        received = 1 << 20;
        assertThat(look()).isPresent();
        received = 3 << 20;
        Voucher due = only(after(new Look()), Sign.class).voucher();
        assertThat(after(new Signed(due, PLENTY))).contains(new Refill(small));
        List<Effect> effects = after(new Refilled(small.plus(small)));

        assertThat(effects).contains(new Send(new ToppedUp()));
    }

    @Test
    void a_top_up_that_the_provider_has_not_seen_is_told_it_and_not_made_again() {
        TokenAmount refill = Parties.PRICE.cost(4 << 20);
        TokenAmount seen = Parties.PRICE.cost(1 << 20);
        state = begin(refill.plus(refill), refill, PLENTY);
        List<Effect> begun = ready(seen);
        assertThat(begun)
                .contains(new Send(new ToppedUp()))
                .doesNotHaveAnyElementsOfTypes(Refill.class);
        received = 1 << 20;
        assertThat(look()).isPresent();
        assertThat(after(new Look()))
                .doesNotHaveAnyElementsOfTypes(Refill.class, Send.class, End.class);
        now += PayerSession.TOP_UP_WITHIN.toNanos();
        List<Effect> _ = after(new Look());

        assertThat(ended()).isIn(PaymentEnd.DEPOSIT_USED_UP, PaymentEnd.CREDIT_STALLED);
    }

    @Test
    void a_channel_that_can_not_be_topped_up_ends_the_session_when_it_is_used_up() {
        TokenAmount small = Parties.PRICE.cost(1 << 20);
        state = begin(small, small, PLENTY);
        List<Effect> _ = ready(small);
        received = 1 << 20;
        assertThat(look()).isPresent();
        List<Effect> _ = after(new NotRefilled("the purse is empty"));

        assertThat(ended()).isEqualTo(PaymentEnd.DEPOSIT_USED_UP);
        assertThat(((Ended) state).detail()).contains("the purse is empty");
    }

    @Test
    void the_users_limit_ends_the_session_before_it_is_passed() {
        TokenAmount limit = Parties.PRICE.cost(1 << 20);
        state = begin(DEPOSIT, TokenAmount.ZERO, new Allowance(limit, "the limit of the day"));
        List<Effect> effects = ready(DEPOSIT);
        assertThat(only(effects, Allow.class).until()).isLessThan(1 << 20);
        received = 1 << 20;
        Voucher due = only(after(new Look()), Sign.class).voucher();
        assertThat(due.cumulative()).isLessThanOrEqualTo(limit);
        List<Effect> _ =
                after(
                        new Signed(
                                due,
                                new Allowance(
                                        limit.minus(due.cumulative()), "the limit of the day")));

        assertThat(ended()).isEqualTo(PaymentEnd.SPENDING_CAP);
        assertThat(((Ended) state).detail()).isEqualTo("the limit of the day is reached");
    }

    @Test
    void what_the_ledger_does_not_take_is_not_paid() {
        List<Effect> _ = ready(DEPOSIT);
        received = 1 << 18;
        List<Effect> _ = after(new Look());
        List<Effect> _ = after(new NotSigned(PaymentEnd.LEDGER_FAILED, "the disk is full"));

        assertThat(ended()).isEqualTo(PaymentEnd.LEDGER_FAILED);
    }

    @Test
    void a_provider_that_does_not_take_note_of_a_payment_is_left() {
        List<Effect> _ = ready(DEPOSIT);
        received = 1 << 18;
        assertThat(look()).isPresent();
        now += PayerSession.STALLED_AFTER.toNanos();
        List<Effect> _ = after(new Look());

        assertThat(ended()).isEqualTo(PaymentEnd.CREDIT_STALLED);
    }

    @Test
    void a_provider_that_waits_for_money_that_is_not_owed_is_left() {
        List<Effect> _ = ready(DEPOSIT);
        List<Effect> _ = after(new Received(new CreditBlocked(new Metered(5000, 0, 0))));
        now += PayerSession.STALLED_AFTER.toNanos();
        List<Effect> _ = after(new Look());

        assertThat(ended()).isEqualTo(PaymentEnd.METERS_DISAGREE);
    }

    @Test
    void too_much_that_nobody_asked_for_ends_the_session() {
        List<Effect> _ = ready(DEPOSIT);
        unsolicited = CreditWindow.FIRST / 2;
        assertThat(after(new Look())).doesNotHaveAnyElementsOfTypes(End.class);
        unsolicited++;
        List<Effect> _ = after(new Look());

        assertThat(ended()).isEqualTo(PaymentEnd.UNSOLICITED);
    }

    @Test
    void pays_what_it_owes_before_it_stops() {
        List<Effect> _ = ready(DEPOSIT);
        received = 1000;
        List<Effect> effects = after(new StopAsked(PaymentEnd.STOPPED, "by the user"));

        assertThat(effects).hasExactlyElementsOfTypes(Sign.class, Send.class, End.class);
        assertThat(only(effects, Sign.class).voucher().bytesServed()).isEqualTo(1000);
    }

    @Test
    void pays_what_it_owes_when_the_provider_stops() {
        List<Effect> _ = ready(DEPOSIT);
        received = 1000;
        List<Effect> effects =
                after(new Received(new Stop(PaymentEnd.SHUTTING_DOWN, "for the night")));

        assertThat(effects).hasExactlyElementsOfTypes(Sign.class, End.class);
    }

    @Test
    void closes_the_channel_with_the_providers_signature() {
        List<Effect> _ = ready(DEPOSIT);
        received = 1000;
        List<Effect> asked = after(new CloseAsked());
        Voucher last = only(asked, Sign.class).voucher();
        assertThat(asked).contains(new Send(new CloseRequest(last.cumulative())));
        List<Effect> _ = after(new Signed(last, PLENTY));
        Close close = new Close(last.cumulative(), Parties.PAYEE.sign(Parties.OFFER_HASH));
        List<Effect> _ = after(new Received(close));

        assertThat(((Ended) state).close()).contains(close);
        assertThat(PayerSession.closing(state)).contains(close.byPayee());
    }

    @Test
    void a_closing_with_another_amount_is_not_taken() {
        List<Effect> _ = ready(DEPOSIT);
        List<Effect> _ = after(new CloseAsked());
        List<Effect> _ =
                after(
                        new Received(
                                new Close(
                                        Parties.flow("1"),
                                        Parties.PAYEE.sign(Parties.OFFER_HASH))));

        assertThat(ended()).isEqualTo(PaymentEnd.PROTOCOL);
        assertThat(((Ended) state).close()).isEmpty();
    }

    @Test
    void a_provider_that_says_nothing_is_left() {
        now += PayerSession.READY_WITHIN.plus(Duration.ofNanos(1)).toNanos();
        List<Effect> _ = after(new Look());

        assertThat(ended()).isEqualTo(PaymentEnd.PEER_SILENT);
    }
}

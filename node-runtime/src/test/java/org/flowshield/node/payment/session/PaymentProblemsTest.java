package org.flowshield.node.payment.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.payment.Allowance;
import org.flowshield.node.payment.CreditWindow;
import org.flowshield.node.payment.Deposit;
import org.flowshield.node.payment.Moment;
import org.flowshield.node.payment.Paid;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.PayerSession;
import org.flowshield.node.payment.PayerSession.Effect;
import org.flowshield.node.payment.PayerSession.Look;
import org.flowshield.node.payment.PayerSession.Paying;
import org.flowshield.node.payment.PayerSession.Received;
import org.flowshield.node.payment.PayerSession.Sign;
import org.flowshield.node.payment.PayerSession.Signed;
import org.flowshield.node.payment.PayerSession.State;
import org.flowshield.node.payment.PayerSession.Transition;
import org.flowshield.node.payment.PayerTerms;
import org.flowshield.node.payment.PaymentEnd;
import org.flowshield.node.payment.channel.ChainException;
import org.flowshield.node.payment.wire.PaymentMessage.CreditBlocked;
import org.flowshield.node.payment.wire.PaymentMessage.Ready;
import org.flowshield.node.payment.wire.PaymentMessage.Terms;
import org.flowshield.node.tunnel.credit.PaidMeter.Metered;
import org.junit.jupiter.api.Test;

final class PaymentProblemsTest {

    private static final TokenAmount DEPOSIT = Parties.flow("1");
    private static final Allowance PLENTY = new Allowance(Parties.flow("100"), "a limit");

    private State state = begin(DEPOSIT, PLENTY);
    private long now;
    private long received;
    private boolean held;

    private static State begin(TokenAmount deposit, Allowance allowance) {
        return PayerSession.start(
                        Parties.begin(),
                        new PayerTerms(Parties.OFFER, Parties.CHANNEL, deposit),
                        Paid.NOTHING,
                        deposit,
                        allowance,
                        0)
                .state();
    }

    private Moment moment() {
        return new Moment(now, new Metered(0, received, 0), held);
    }

    private void after(PayerSession.Event event, Allowance left) {
        Transition transition = PayerSession.next(state, event, moment());
        state = transition.state();
        for (Effect effect : List.copyOf(transition.effects())) {
            if (effect instanceof Sign(var voucher, _)) {
                after(new Signed(voucher, left), left);
            }
        }
    }

    private void ready(TokenAmount deposit) {
        after(
                new Received(
                        new Ready(
                                Paid.NOTHING,
                                Optional.empty(),
                                new Terms(CreditWindow.FIRST, new Deposit(deposit, true)))),
                PLENTY);
    }

    private Optional<Problem> problem(Optional<Problem> refused) {
        return PaymentProblems.ofPayer(((Paying) state).account(), moment(), refused);
    }

    private String code() {
        return problem(Optional.empty()).orElseThrow().code();
    }

    @Test
    void says_nothing_while_all_is_well() {
        ready(DEPOSIT);
        received = CreditWindow.FIRST / 2;
        after(new Look(), PLENTY);
        now += PaymentProblems.WAITED.toNanos() - 1;

        assertThat(problem(Optional.empty())).isEmpty();
    }

    @Test
    void says_that_the_users_limit_is_near_and_how_to_raise_it() {
        TokenAmount window = Parties.PRICE.cost(CreditWindow.FIRST);
        state = begin(DEPOSIT, new Allowance(window, "the limit of 5 FLOW a day"));
        ready(DEPOSIT);

        assertThat(problem(Optional.empty()).orElseThrow())
                .satisfies(
                        said -> {
                            assertThat(said.code()).isEqualTo("spending_cap");
                            assertThat(said.message())
                                    .startsWith("the limit of 5 FLOW a day is reached but for")
                                    .contains("the session ends then");
                            assertThat(said.action()).contains("flowshield spending set");
                        });
    }

    @Test
    void says_why_the_channel_can_not_be_topped_up_and_what_is_left() {
        ready(DEPOSIT);
        Problem expired =
                new Problem("authorisation_expired", "it has expired", "authorise it anew");
        Problem refused =
                PaymentProblems.notRefilled(
                        new ChainException(
                                ChainException.Reason.REJECTED,
                                "no",
                                new RefusedException(RefusedException.Kind.REFUSED, expired)));

        assertThat(problem(Optional.of(refused)).orElseThrow())
                .satisfies(
                        said -> {
                            assertThat(said.code()).isEqualTo("authorisation_expired");
                            assertThat(said.message()).contains("it has expired", "1 FLOW");
                            assertThat(said.action()).isEqualTo("authorise it anew");
                        });
        assertThat(
                        PaymentProblems.notRefilled(
                                        new ChainException(
                                                ChainException.Reason.UNREACHABLE, "no answer"))
                                .code())
                .isEqualTo("chain_unreachable");
    }

    @Test
    void a_full_disk_is_told_from_one_that_failed() {
        assertThat(notWritten(LedgerException.Reason.DISK_FULL))
                .isEqualTo(new Problem("disk_full", "what happened", "what helps"));
        assertThat(notWritten(LedgerException.Reason.DISK_FAILED).code())
                .isEqualTo("ledger_failed");
    }

    private static Problem notWritten(LedgerException.Reason reason) {
        return PaymentProblems.notRefilled(
                new LedgerException(reason, "what happened", "what helps"));
    }

    @Test
    void says_that_traffic_waits_for_a_top_up() {
        state = begin(DEPOSIT, PLENTY);
        ready(Parties.PRICE.cost(1 << 20)); // the provider has not seen the rest yet
        assertThat(problem(Optional.empty())).isEmpty();
        held = true;

        assertThat(code()).isEqualTo("waiting_for_top_up");
    }

    @Test
    void says_that_the_provider_takes_no_note_of_a_payment() {
        ready(DEPOSIT);
        received = CreditWindow.FIRST / 2;
        after(new Look(), PLENTY);
        now += PaymentProblems.WAITED.toNanos();

        assertThat(code()).isEqualTo("provider_silent");
    }

    @Test
    void says_that_the_provider_waits_for_money_that_is_not_owed() {
        ready(DEPOSIT);
        after(new Received(new CreditBlocked(new Metered(5000, 0, 0))), PLENTY);
        now += PaymentProblems.WAITED.toNanos();

        assertThat(code()).isEqualTo("provider_blocked");
    }

    @Test
    void says_why_a_session_is_over_unless_somebody_asked_for_that() {
        assertThat(PaymentProblems.ended(PaymentEnd.STOPPED, "by the user")).isEmpty();
        for (PaymentEnd end : PaymentEnd.values()) {
            PaymentProblems.ended(end, "")
                    .ifPresent(
                            said -> {
                                assertThat(said.message()).contains(end.words());
                                assertThat(said.action()).isNotBlank();
                            });
        }
        assertThat(PaymentProblems.ended(PaymentEnd.DEPOSIT_USED_UP, "all of it"))
                .get()
                .extracting(Problem::code)
                .isEqualTo("deposit_used_up");
    }
}

package org.flowshield.node.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.ledger.DailySum;
import org.flowshield.node.ledger.Reservation;
import org.flowshield.node.ledger.SessionId;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.ledger.SpendingCaps;
import org.flowshield.node.ledger.SpendingCaps.Period;
import org.flowshield.node.ledger.SpendingDecision;
import org.flowshield.node.ledger.SpendingDecision.CapReached;
import org.flowshield.node.ledger.SpendingDecision.Reserved;
import org.junit.jupiter.api.Test;

/** Sums and caps with a clock that only the test moves. */
final class BookTest {

    private static final SessionId ONE = new SessionId(1);
    private static final SessionId TWO = new SessionId(2);
    private static final SessionId THREE = new SessionId(3);

    private final ManualClock clock = new ManualClock("2026-01-31T23:00:00Z");
    private final Book book = new Book(clock, SpendingCaps.NONE);

    private static SpendingCaps caps(long session, long day, long month) {
        return new SpendingCaps(cap(session), cap(day), cap(month));
    }

    private static Optional<TokenAmount> cap(long amount) {
        return amount == 0 ? Optional.empty() : Optional.of(TokenAmount.of(amount));
    }

    private SpendingDecision reserve(SessionId session, long amount) {
        return book.reserve(session, TokenAmount.of(amount));
    }

    private void pay(SessionId session, long amount) {
        try (Reservation _ = ((Reserved) reserve(session, amount)).reservation()) {
            book.add(Side.PAYER, session, clock.instant(), TokenAmount.of(amount), amount);
        }
    }

    private void begin(SessionId session, SessionId first) {
        book.begin(session, first, TokenAmount.ZERO);
    }

    @Test
    void without_caps_everything_may_be_spent() {
        begin(ONE, ONE);
        pay(ONE, Long.MAX_VALUE);
        assertThat(reserve(ONE, Long.MAX_VALUE)).isInstanceOf(Reserved.class);
    }

    @Test
    void a_cap_can_be_reached_and_not_passed() {
        book.setCaps(caps(100, 0, 0));
        begin(ONE, ONE);
        pay(ONE, 60);
        assertThat(reserve(ONE, 41))
                .isEqualTo(
                        new CapReached(
                                Period.SESSION,
                                TokenAmount.of(100),
                                TokenAmount.of(60),
                                Optional.empty()));
        assertThat(reserve(ONE, 40)).isInstanceOf(Reserved.class);
    }

    @Test
    void what_one_session_has_reserved_another_can_not_spend() {
        book.setCaps(caps(0, 100, 0));
        begin(ONE, ONE);
        begin(TWO, TWO);
        Reservation first = ((Reserved) reserve(ONE, 70)).reservation();
        assertThat(reserve(TWO, 40)).isInstanceOf(CapReached.class);
        first.close();
        first.close();
        assertThat(reserve(TWO, 40)).isInstanceOf(Reserved.class);
        assertThat(reserve(TWO, 61)).isInstanceOf(CapReached.class);
    }

    @Test
    void a_session_after_a_failover_shares_the_cap_of_the_one_before() {
        book.setCaps(caps(100, 0, 0));
        begin(ONE, ONE);
        pay(ONE, 30);
        begin(TWO, ONE);
        pay(TWO, 30);
        book.end(ONE);
        assertThat(reserve(TWO, 41)).isInstanceOf(CapReached.class);
        book.end(TWO);
        book.begin(THREE, ONE, TokenAmount.of(60));
        assertThat(reserve(THREE, 41)).isInstanceOf(CapReached.class);
        assertThat(reserve(THREE, 40)).isInstanceOf(Reserved.class);
    }

    @Test
    void another_session_has_the_whole_cap() {
        book.setCaps(caps(100, 0, 0));
        begin(ONE, ONE);
        pay(ONE, 100);
        begin(TWO, TWO);
        assertThat(reserve(TWO, 100)).isInstanceOf(Reserved.class);
    }

    @Test
    void a_day_ends_at_midnight_utc() {
        book.setCaps(caps(0, 100, 0));
        begin(ONE, ONE);
        pay(ONE, 100);
        assertThat(reserve(ONE, 1))
                .isEqualTo(
                        new CapReached(
                                Period.DAY,
                                TokenAmount.of(100),
                                TokenAmount.of(100),
                                Optional.of(Instant.parse("2026-02-01T00:00:00Z"))));
        clock.advance(Duration.ofHours(1));
        pay(ONE, 100);
    }

    @Test
    void a_month_is_that_of_the_calendar() {
        book.setCaps(caps(0, 0, 150));
        begin(ONE, ONE);
        pay(ONE, 100);
        clock.advance(Duration.ofHours(1));
        pay(ONE, 100);
        clock.advance(Duration.ofDays(27));
        assertThat(reserve(ONE, 51))
                .isEqualTo(
                        new CapReached(
                                Period.MONTH,
                                TokenAmount.of(150),
                                TokenAmount.of(100),
                                Optional.of(Instant.parse("2026-03-01T00:00:00Z"))));
        clock.advance(Duration.ofDays(1));
        pay(ONE, 150);
    }

    @Test
    void what_is_left_below_a_cap_that_was_lowered_is_nothing() {
        begin(ONE, ONE);
        pay(ONE, 100);
        book.setCaps(caps(50, 0, 0));
        assertThat(((CapReached) reserve(ONE, 1)).left()).isEqualTo(TokenAmount.ZERO);
    }

    @Test
    void money_that_came_in_is_not_spending() {
        book.setCaps(caps(0, 100, 0));
        begin(ONE, ONE);
        book.add(Side.PAYEE, ONE, clock.instant(), TokenAmount.of(1000), 5);
        assertThat(reserve(ONE, 100)).isInstanceOf(Reserved.class);
    }

    @Test
    void days_are_summed_each_and_by_side() {
        begin(ONE, ONE);
        pay(ONE, 10);
        pay(ONE, 10);
        clock.advance(Duration.ofHours(1));
        pay(ONE, 5);
        book.add(Side.PAYEE, TWO, clock.instant(), TokenAmount.of(7), 70);
        LocalDate january = LocalDate.of(2026, 1, 31);
        LocalDate february = january.plusDays(1);
        assertThat(book.daily(Side.PAYER, january, february))
                .containsExactly(
                        new DailySum(january, TokenAmount.of(20), 20),
                        new DailySum(february, TokenAmount.of(5), 5));
        assertThat(book.daily(Side.PAYEE, january, february))
                .containsExactly(new DailySum(february, TokenAmount.of(7), 70));
        assertThat(book.daily(Side.PAYER, january, january)).hasSize(1);
    }

    @Test
    void reserves_nothing_for_a_session_that_does_not_run() {
        assertThatThrownBy(() -> reserve(ONE, 1)).isInstanceOf(IllegalArgumentException.class);
        begin(ONE, ONE);
        book.end(ONE);
        assertThatThrownBy(() -> reserve(ONE, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}

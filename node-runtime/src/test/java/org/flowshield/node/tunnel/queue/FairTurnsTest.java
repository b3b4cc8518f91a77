package org.flowshield.node.tunnel.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions that want more than there is, on a clock that the test moves. */
final class FairTurnsTest {

    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();

    /** One turn takes 8 ms. */
    private static final Rate TOTAL = new Rate(8_192_000);

    private static final int TURN = 64 * 1024;

    private final FairTurns<Asking> turns = new FairTurns<>(TOTAL, 0);
    private final List<Asking> all = new ArrayList<>();
    private long now;

    /** One that asks again some time after it was served. */
    private static final class Asking {
        private final int turnsAtOnce;
        private FairTurns<Asking>.@Nullable Session session;
        private long asksAt;
        private long lateness;
        private long got;
        private boolean asks;

        Asking(int turnsAtOnce) {
            this.turnsAtOnce = turnsAtOnce;
        }

        FairTurns<Asking>.Session session() {
            return Objects.requireNonNull(session);
        }
    }

    private Asking join(Rate rate, int turnsAtOnce) {
        Asking one = new Asking(turnsAtOnce);
        one.session = turns.new Session(one, rate, TURN, now);
        all.add(one);
        return one;
    }

    private void run(int milliseconds) {
        for (int i = 0; i < milliseconds; i++) {
            for (Asking one : all) {
                if (!one.asks && now >= one.asksAt) {
                    one.asks = true;
                    turns.ask(one.session(), (long) one.turnsAtOnce * TURN);
                }
            }
            serve();
            now += MILLISECOND;
        }
    }

    private void serve() {
        FairTurns<Asking>.Session next = turns.first(now);
        while (next != null && turns.untilTurn(next, now) == 0) {
            turns.serve(next, now);
            Asking one = next.owner();
            one.asks = false;
            one.asksAt = now + one.lateness;
            one.got += (long) one.turnsAtOnce * TURN;
            next = turns.first(now);
        }
    }

    private long most() {
        return all.stream().mapToLong(one -> one.got).max().orElseThrow();
    }

    private long least() {
        return all.stream().mapToLong(one -> one.got).min().orElseThrow();
    }

    @Test
    void all_get_as_much_however_much_they_ask_for_at_once() {
        for (int i = 0; i < 20; i++) {
            join(Rate.UNLIMITED, 1 + i % 3);
        }

        run(10_000);

        assertThat(most()).isLessThanOrEqualTo(least() + 3 * TURN);
        assertThat(most() + least()).isGreaterThan(2 * 60 * TURN);
    }

    @Test
    void one_whose_thread_wakes_late_gets_what_it_missed() {
        Asking late = join(Rate.UNLIMITED, 1);
        for (int i = 0; i < 19; i++) {
            join(Rate.UNLIMITED, 1);
        }
        // Half of a round late, each time: in the order of asking it would get two thirds.
        late.lateness = 80 * MILLISECOND;

        run(10_000);

        assertThat(late.got).isGreaterThan(most() * 95 / 100);
    }

    @Test
    void one_that_paused_gets_no_more_than_some_turns_for_it() {
        Asking pausing = join(Rate.UNLIMITED, 1);
        Asking other = join(Rate.UNLIMITED, 1);
        pausing.asksAt = 5000 * MILLISECOND;
        run(5000);
        long before = other.got;

        run(2000);

        assertThat(pausing.got - (other.got - before))
                .isBetween(1L, (FairTurns.MISSED_TURNS + 1L) * TURN);
    }

    @Test
    void one_that_was_alone_owes_nothing_for_it() {
        Asking first = join(Rate.UNLIMITED, 1);
        run(5000);
        long before = first.got;
        Asking second = join(Rate.UNLIMITED, 1);

        run(2000);

        assertThat(Math.abs(first.got - before - second.got)).isLessThanOrEqualTo(2 * TURN);
    }

    @Test
    void a_session_keeps_its_own_rate_while_the_others_have_the_rest() {
        Asking slow = join(new Rate(819_200), 1);
        Asking fast = join(Rate.UNLIMITED, 1);

        run(8000);

        assertThat(slow.got).isBetween(99L * TURN, 102L * TURN);
        assertThat(fast.got).isBetween(890L * TURN, 910L * TURN);
    }

    @Test
    void who_withdraws_holds_nobody_up() {
        Asking going = join(Rate.UNLIMITED, 1);
        Asking staying = join(Rate.UNLIMITED, 1);
        turns.ask(going.session(), TURN);
        all.remove(going);

        turns.withdraw(going.session());
        run(1000);

        assertThat(staying.got).isGreaterThan(120L * TURN);
    }
}

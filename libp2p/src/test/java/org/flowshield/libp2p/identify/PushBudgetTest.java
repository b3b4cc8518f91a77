package org.flowshield.libp2p.identify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PushBudgetTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void allows_a_burst_then_one_for_each_while() {
        PushBudget budget = new PushBudget(START);
        for (int i = 0; i < PushBudget.BURST; i++) {
            assertThat(budget.take(START)).isTrue();
        }
        assertThat(budget.take(START.plus(PushBudget.REFILL).minusNanos(1))).isFalse();
        assertThat(budget.take(START.plus(PushBudget.REFILL))).isTrue();
        assertThat(budget.take(START.plus(PushBudget.REFILL))).isFalse();
    }

    @Test
    void saves_no_more_than_a_burst() {
        PushBudget budget = new PushBudget(START);
        Instant later = START.plus(PushBudget.REFILL.multipliedBy(1000));
        for (int i = 0; i < PushBudget.BURST; i++) {
            assertThat(budget.take(later)).isTrue();
        }
        assertThat(budget.take(later)).isFalse();
    }

    @Test
    void survives_a_clock_that_goes_back() {
        PushBudget budget = new PushBudget(START);
        assertThat(budget.take(START.minusSeconds(3600))).isTrue();
    }
}

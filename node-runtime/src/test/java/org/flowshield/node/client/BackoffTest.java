package org.flowshield.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BackoffTest {

    private static final double LAST = Math.nextDown(1.0);

    @Test
    void the_first_attempt_after_a_break_comes_almost_at_once() {
        assertThat(Backoff.pause(0, LAST)).isLessThanOrEqualTo(Backoff.FIRST);
        assertThat(Backoff.pause(0, 0)).isPositive();
    }

    @Test
    void pauses_double_up_to_the_longest() {
        for (int failures = 0; failures < 7; failures++) {
            assertThat(Backoff.pause(failures + 1, 0))
                    .isEqualTo(Backoff.pause(failures, 0).multipliedBy(2));
        }
        for (int failures : new int[] {8, 20, 62, 63, 64, 1000, Integer.MAX_VALUE}) {
            assertThat(Backoff.pause(failures, LAST))
                    .isBetween(Backoff.LONGEST.dividedBy(2), Backoff.LONGEST);
        }
    }

    @Test
    void half_of_a_pause_is_left_to_chance() {
        Duration least = Backoff.pause(3, 0);
        assertThat(Backoff.pause(3, 0.5)).isEqualTo(least.plus(least.dividedBy(2)));
        assertThat(Backoff.pause(3, LAST)).isLessThanOrEqualTo(least.multipliedBy(2));
    }
}

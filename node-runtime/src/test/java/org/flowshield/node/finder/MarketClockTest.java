package org.flowshield.node.finder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MarketClockTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void a_clock_that_is_with_the_others_is_right() {
        assertThat(MarketClock.ahead(List.of(SECOND, SECOND.negated(), SECOND))).isEmpty();
        assertThat(MarketClock.ahead(List.of(MarketClock.WRONG, MarketClock.WRONG))).isEmpty();
    }

    @Test
    void a_day_ahead_and_a_day_behind_are_told() {
        Duration less = DAY.minus(SECOND);
        assertThat(MarketClock.ahead(List.of(DAY.negated(), less.negated(), DAY.negated())))
                .contains(DAY);
        assertThat(MarketClock.ahead(List.of(DAY, less))).contains(less.negated());
    }

    @Test
    void who_is_alone_with_his_clock_is_the_one_that_is_wrong() {
        assertThat(MarketClock.ahead(List.of(DAY))).isEmpty();
        assertThat(MarketClock.ahead(List.of(DAY, SECOND))).isEmpty();
        assertThat(MarketClock.ahead(List.of(DAY, SECOND, SECOND))).isEmpty();
        assertThat(MarketClock.ahead(List.of(DAY, DAY.negated()))).isEmpty();
    }

    @Test
    void nobody_says_nothing() {
        assertThat(MarketClock.ahead(List.of())).isEmpty();
    }
}

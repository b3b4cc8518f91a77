package org.flowshield.node.market.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.flowshield.node.market.SomeMarket;
import org.flowshield.node.market.matching.Matching.Facts;
import org.flowshield.node.market.matching.Matching.Yardstick;
import org.junit.jupiter.api.Test;

final class MatchingTest {

    private static final Instant NOW = SomeMarket.NOW;
    private static final Yardstick MARKET = new Yardstick(20, 100);

    private static Facts facts(double price, double stake, int silence, long free) {
        return new Facts(
                price,
                stake,
                silence < 0 ? Optional.empty() : Optional.of(NOW.minusSeconds(silence)),
                Duration.ofHours(24),
                Duration.ofHours(24),
                free);
    }

    private static double score(Facts facts) {
        return Matching.score(facts, MARKET, NOW);
    }

    @Test
    void a_score_is_between_nothing_and_one() {
        assertThat(score(facts(1e-9, 1e30, 0, 1L << 49))).isGreaterThan(0.9).isLessThanOrEqualTo(1);
        assertThat(
                        score(
                                new Facts(
                                        1e27,
                                        0,
                                        Optional.of(NOW.minusSeconds(10_000)),
                                        Duration.ZERO,
                                        Duration.ZERO,
                                        0)))
                .isBetween(0.0, 0.01);
    }

    @Test
    void the_cheaper_comes_first_but_below_a_quarter_of_the_median_nothing_is_gained() {
        assertThat(score(facts(10, 100, 0, 0))).isGreaterThan(score(facts(20, 100, 0, 0)));
        assertThat(score(facts(20, 100, 0, 0))).isGreaterThan(score(facts(40, 100, 0, 0)));
        assertThat(score(facts(5, 100, 0, 0))).isEqualTo(score(facts(0.001, 100, 0, 0)));
    }

    @Test
    void who_is_there_comes_before_who_is_silent_and_who_is_gone() {
        assertThat(score(facts(20, 100, 5, 0)))
                .isEqualTo(score(facts(20, 100, 34, 0)))
                .isGreaterThan(score(facts(20, 100, 60, 0)));
        assertThat(score(facts(20, 100, 60, 0))).isGreaterThan(score(facts(20, 100, 300, 0)));
        assertThat(score(facts(20, 100, 300, 0))).isGreaterThan(score(facts(20, 100, 700, 0)));
    }

    @Test
    void more_stake_counts_for_more() {
        assertThat(score(facts(20, 200, 0, 0))).isGreaterThan(score(facts(20, 100, 0, 0)));
        assertThat(score(facts(20, 100, 0, 0))).isGreaterThan(score(facts(20, 0, 0, 0)));
    }

    @Test
    void what_a_provider_claims_never_outweighs_what_was_seen() {
        Facts boasts = facts(20, 100, 120, Long.MAX_VALUE >> 14);
        Facts modest = facts(20, 100, 0, -1);
        assertThat(score(modest)).isGreaterThan(score(boasts));
    }

    @Test
    void a_day_of_being_there_counts_for_more_than_a_minute() {
        Facts fresh =
                new Facts(
                        20, 100, Optional.of(NOW), Duration.ofMinutes(1), Duration.ofMinutes(1), 0);
        assertThat(score(facts(20, 100, 0, 0))).isGreaterThan(score(fresh));
    }

    @Test
    void the_reasons_say_what_counted_the_weightiest_first() {
        assertThat(Matching.reasons(facts(10, 100, 3, 100_000_000), MARKET, NOW))
                .containsExactly(
                        "online (+35)",
                        "50 % cheaper than the median (+17)",
                        "there 100 % of 24 h watched (+15)",
                        "stake at or above the median (+10)",
                        "says that 100 Mbit/s are free (+3)");
        assertThat(
                        Matching.reasons(
                                Facts.of(SomeMarket.milli(1), Optional.empty()),
                                Yardstick.UNKNOWN,
                                NOW))
                .contains(
                        "not heard of yet (+9)",
                        "stake not looked at (+0)",
                        "not watched yet (+0)");
    }

    @Test
    void the_median_is_of_those_that_are_there() {
        assertThat(Yardstick.of(new double[] {9, 1, 3}, new double[] {}))
                .isEqualTo(new Yardstick(3, 0));
        assertThat(Yardstick.of(new double[] {}, new double[] {5}))
                .isEqualTo(new Yardstick(1e18, 5));
    }
}

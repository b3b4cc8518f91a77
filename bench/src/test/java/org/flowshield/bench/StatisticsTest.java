package org.flowshield.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void the_median_of_fifteen_has_the_fourth_and_the_twelfth_as_interval() {
        var median = Statistics.median(upTo(15));
        assertThat(median.value()).isEqualTo(8);
        assertThat(median.low()).isEqualTo(4);
        assertThat(median.high()).isEqualTo(12);
        assertThat(median.confidence())
                .isCloseTo(0.9648, within(0.0001)); // any table of the sign test
    }

    @Test
    void too_few_values_give_the_whole_range_and_say_how_little_that_means() {
        var median = Statistics.median(List.of(3.0, 1.0, 2.0));
        assertThat(median.low()).isEqualTo(1);
        assertThat(median.high()).isEqualTo(3);
        assertThat(median.confidence()).isCloseTo(0.75, within(1e-9));
    }

    @Test
    void one_value_is_its_own_median_without_confidence() {
        var median = Statistics.median(List.of(7.0));
        assertThat(median).isEqualTo(new Statistics.Median(7, 7, 7, 0, 1));
    }

    @Test
    void quantiles_lie_between_their_neighbours() {
        assertThat(Statistics.quantile(upTo(101), 0.99)).isEqualTo(100);
        assertThat(Statistics.quantile(List.of(2.0, 1.0), 0.5)).isEqualTo(1.5);
        assertThat(Statistics.quantile(List.of(5.0), 0.99)).isEqualTo(5);
    }

    @Test
    void ratios_are_of_pairs() {
        assertThat(Statistics.ratios(List.of(4.0, 9.0), List.of(2.0, 3.0)))
                .containsExactly(2.0, 3.0);
        assertThatThrownBy(() -> Statistics.ratios(List.of(1.0), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothing_has_no_median() {
        assertThatThrownBy(() -> Statistics.median(List.of())).hasMessage("no values");
    }

    private static List<Double> upTo(int n) {
        return IntStream.rangeClosed(1, n).mapToObj(Double::valueOf).toList();
    }
}

package org.flowshield.app.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.node.api.Traffic;
import org.junit.jupiter.api.Test;

final class ThroughputTest {

    private static final Instant START = Contexts.NOW;

    private final Throughput throughput = new Throughput();

    @Test
    void rates_are_what_was_carried_by_the_time_it_took() {
        throughput.heard(START, traffic(0, 0));
        throughput.heard(START.plusMillis(500), traffic(125_000, 1_000_000));
        throughput.tick(START.plusSeconds(1));
        assertThat(throughput.upNow()).isEqualTo(2_000_000);
        assertThat(throughput.downNow()).isEqualTo(16_000_000);
        assertThat(throughput.down(0)).isEqualTo(16_000_000);
    }

    @Test
    void what_was_carried_before_anybody_looked_is_no_rate() {
        throughput.heard(START, traffic(1 << 30, 1 << 30));
        throughput.tick(START.plusSeconds(1));
        assertThat(throughput.downNow()).isZero();
    }

    @Test
    void counters_that_stand_still_are_a_rate_of_nothing() {
        throughput.heard(START, traffic(0, 0));
        throughput.heard(START.plusSeconds(1), traffic(0, 1_000_000));
        throughput.tick(START.plusSeconds(2));
        assertThat(throughput.downNow()).isPositive();
        throughput.tick(START.plusSeconds(5));
        assertThat(throughput.downNow()).isZero();
    }

    @Test
    void counters_that_begin_anew_are_not_negative() {
        throughput.heard(START, traffic(0, 9_000_000));
        throughput.heard(START.plusSeconds(1), traffic(0, 100));
        throughput.tick(START.plusSeconds(1));
        assertThat(throughput.downNow()).isZero();
        throughput.heard(START.plusSeconds(2), traffic(0, 1_100));
        assertThat(throughput.downNow()).isEqualTo(8_000);
    }

    @Test
    void the_oldest_make_room() {
        throughput.heard(START, traffic(0, 0));
        for (int i = 1; i <= 2 * Throughput.MOST; i++) {
            throughput.heard(START.plusSeconds(i), traffic(0, 125L * i * (i + 1) / 2));
            throughput.tick(START.plusSeconds(i));
        }
        assertThat(throughput.size()).isEqualTo(Throughput.MOST);
        assertThat(throughput.down(0)).isEqualTo(1_000 * (Throughput.MOST + 1));
        assertThat(throughput.down(Throughput.MOST - 1)).isEqualTo(throughput.peak());
    }

    @Test
    void the_scale_is_the_next_round_number() {
        assertThat(ThroughputChart.scale(0)).isEqualTo(100_000);
        assertThat(ThroughputChart.scale(150_000)).isEqualTo(200_000);
        assertThat(ThroughputChart.scale(93_000_000)).isEqualTo(100_000_000);
        assertThat(ThroughputChart.scale(310_000_000)).isEqualTo(500_000_000);
    }

    private static Traffic traffic(long sent, long received) {
        return new Traffic(sent, 1, received, 1, 0);
    }
}

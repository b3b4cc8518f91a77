package org.flowshield.node.tunnel.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 8289 with a clock that only the test moves. */
final class CoDelTest {

    private static final long STEP = Duration.ofNanos(10_000).toNanos();
    private static final long TOO_LONG = CoDel.TARGET;
    private static final long SHORT = CoDel.TARGET - 1;

    private final CoDel codel = new CoDel();
    private long now;

    /** Lets packets leave at each step for so long; returns when one was dropped. */
    private List<Long> leave(long waited, boolean nearlyEmpty, long duration) {
        List<Long> drops = new ArrayList<>();
        for (long end = now + duration; end - now > 0; now += STEP) {
            if (codel.drops(waited, nearlyEmpty, now)) {
                drops.add(now);
            }
        }
        return drops;
    }

    @Test
    void drops_nothing_while_packets_wait_less_than_the_target() {
        assertThat(leave(SHORT, false, 50 * CoDel.INTERVAL)).isEmpty();
    }

    @Test
    void drops_nothing_from_a_queue_that_holds_less_than_a_packet_more() {
        assertThat(leave(10 * TOO_LONG, true, 50 * CoDel.INTERVAL)).isEmpty();
    }

    @Test
    void drops_first_when_packets_have_waited_too_long_for_an_interval() {
        assertThat(leave(TOO_LONG, false, CoDel.INTERVAL)).isEmpty();
        assertThat(codel.drops(TOO_LONG, false, now)).isTrue();
    }

    @Test
    void one_packet_below_the_target_begins_the_interval_anew() {
        leave(TOO_LONG, false, CoDel.INTERVAL);
        leave(SHORT, false, STEP);
        assertThat(leave(TOO_LONG, false, CoDel.INTERVAL)).isEmpty();
        assertThat(codel.drops(TOO_LONG, false, now)).isTrue();
    }

    @Test
    void a_nearly_empty_queue_begins_the_interval_anew() {
        leave(TOO_LONG, false, CoDel.INTERVAL);
        leave(TOO_LONG, true, STEP);
        assertThat(leave(TOO_LONG, false, CoDel.INTERVAL)).isEmpty();
    }

    @Test
    void drops_more_and_more_often_by_the_square_root_of_their_number() {
        List<Long> drops = leave(TOO_LONG, false, 20 * CoDel.INTERVAL);

        double expected = CoDel.INTERVAL;
        for (int count = 1; count <= drops.size(); count++) {
            assertThat((double) drops.get(count - 1)).isCloseTo(expected, within((double) STEP));
            expected += CoDel.INTERVAL / Math.sqrt(count);
        }
        // The sum of 1 / sqrt(k) for k to n is about 2 sqrt(n) - 1.46: 19 intervals are 104 drops.
        assertThat(drops).hasSizeBetween(100, 108);
    }

    @Test
    void drops_at_once_all_that_were_due_while_nothing_left_the_queue() {
        leave(TOO_LONG, false, CoDel.INTERVAL + STEP);
        now += 10 * CoDel.INTERVAL;

        int drops = 0;
        while (codel.drops(TOO_LONG, false, now)) {
            drops++;
        }

        // 1 / sqrt(1) + ... + 1 / sqrt(33) is 10.1.
        assertThat(drops).isBetween(32, 34);
    }

    @Test
    void stops_dropping_with_the_first_packet_below_the_target() {
        leave(TOO_LONG, false, 5 * CoDel.INTERVAL);
        now += CoDel.INTERVAL;
        assertThat(codel.drops(SHORT, false, now)).isFalse();
        assertThat(leave(SHORT, false, 5 * CoDel.INTERVAL)).isEmpty();
        assertThat(leave(TOO_LONG, false, CoDel.INTERVAL)).isEmpty();
    }

    @Test
    void takes_up_the_rate_of_a_drop_phase_that_ended_recently() {
        int before = leave(TOO_LONG, false, 6 * CoDel.INTERVAL).size();
        leave(SHORT, false, CoDel.INTERVAL);

        List<Long> drops = leave(TOO_LONG, false, 2 * CoDel.INTERVAL);

        assertThat(before).isGreaterThan(4);
        assertThat((double) drops.get(1) - drops.get(0))
                .isCloseTo(CoDel.INTERVAL / Math.sqrt(before - 1), within((double) STEP));
    }

    @Test
    void begins_slowly_after_a_drop_phase_that_ended_long_ago() {
        leave(TOO_LONG, false, 6 * CoDel.INTERVAL);
        leave(SHORT, false, 17 * CoDel.INTERVAL);

        List<Long> drops = leave(TOO_LONG, false, 3 * CoDel.INTERVAL);

        assertThat((double) drops.get(1) - drops.get(0))
                .isCloseTo((double) CoDel.INTERVAL, within((double) STEP));
    }

    @Test
    void a_clock_that_overflows_changes_nothing() {
        now = Long.MAX_VALUE - 3 * CoDel.INTERVAL;
        long start = now;
        List<Long> drops = leave(TOO_LONG, false, 20 * CoDel.INTERVAL);

        assertThat(drops).hasSizeBetween(100, 108);
        assertThat(drops.getFirst() - start).isEqualTo(CoDel.INTERVAL);
        assertThat(drops.getLast()).isNegative();
    }
}

package org.flowshield.node.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.flowshield.node.tunnel.Liveness.Carried;
import org.flowshield.node.tunnel.control.ControlMessage.KeepAlive;
import org.junit.jupiter.api.Test;

/** A peer that falls silent while nothing, or something, is wanted of it. */
final class LivenessTest {

    private static final Carried ONE_SENT = new Carried(1, 0);

    @Test
    void an_idle_peer_is_asked_now_and_then_and_dead_after_thirty_seconds() {
        Liveness liveness = Liveness.start(0);
        int asked = 0;
        for (int second = 1; second < 30; second++) {
            Liveness.Step step = liveness.tick(at(second), Carried.NOTHING).orElseThrow();
            asked += step.say().isPresent() ? 1 : 0;
            liveness = step.liveness();
        }
        assertThat(asked).isEqualTo(2);
        assertThat(liveness.tick(at(30), Carried.NOTHING)).isEmpty();
    }

    @Test
    void a_peer_that_answers_no_packet_is_asked_soon_and_dead_after_ten_seconds() {
        Liveness liveness = tick(Liveness.start(0), 1, Carried.NOTHING);
        int asked = 0;
        for (int second = 2; second < 12; second++) {
            Liveness.Step step = liveness.tick(at(second), ONE_SENT).orElseThrow();
            asked += step.say().isPresent() ? 1 : 0;
            liveness = step.liveness();
        }
        assertThat(asked).isEqualTo(3);
        assertThat(liveness.tick(at(12), ONE_SENT)).isEmpty();
        assertThat(liveness.silence(at(12))).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void the_ten_seconds_begin_with_the_first_packet_and_not_with_the_silence_before() {
        Liveness liveness = tick(Liveness.start(0), 1, Carried.NOTHING);
        liveness = tick(liveness, 9, Carried.NOTHING);
        for (int second = 10; second < 20; second++) {
            liveness = tick(liveness, second, new Carried(second, 0));
        }
        assertThat(liveness.tick(at(20), new Carried(20, 0))).isEmpty();
    }

    @Test
    void packets_that_come_are_a_sign_of_life() {
        Liveness liveness = tick(Liveness.start(0), 1, Carried.NOTHING);
        for (int second = 2; second < 100; second++) {
            liveness = tick(liveness, second, new Carried(second, second / 9));
        }
        assertThat(liveness.silence(at(100))).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void an_answer_on_the_control_stream_is_a_sign_of_life() {
        Liveness liveness = tick(Liveness.start(0), 1, Carried.NOTHING);
        for (int second = 2; second < 100; second += 8) {
            liveness = tick(liveness, second, new Carried(second, 0));
            liveness = liveness.heard(new KeepAlive(0, true), at(second)).orElseThrow().liveness();
            liveness = tick(liveness, second + 1, new Carried(second, 0));
        }
        assertThat(liveness.waitingSince()).isEmpty();
    }

    @Test
    void a_question_is_answered_and_counters_go_with_it() {
        Liveness.Step step = Liveness.start(0).heard(new KeepAlive(7, false), at(1)).orElseThrow();
        assertThat(step.say()).isEqualTo(Optional.of(new KeepAlive(7, true)));
        assertThat(step.count()).isTrue();
    }

    private static Liveness tick(Liveness liveness, int second, Carried carried) {
        return liveness.tick(at(second), carried).orElseThrow().liveness();
    }

    private static long at(int second) {
        return Duration.ofSeconds(second).toNanos();
    }
}

package org.flowshield.libp2p.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TrimmingTest {

    private static final WaterMarks MARKS = new WaterMarks(2, 4, Duration.ofSeconds(20));
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void closes_nothing_up_to_the_high_mark() {
        assertThat(trimmed(List.of(idle("a", 60), idle("b", 60), idle("c", 60), idle("d", 60))))
                .isEmpty();
    }

    @Test
    void closes_the_least_worth_down_to_the_low_mark() {
        assertThat(
                        trimmed(
                                List.of(
                                        worth("a", 30),
                                        worth("b", 10),
                                        worth("c", 50),
                                        worth("d", 0),
                                        worth("e", 40))))
                .containsExactly("d", "b", "a");
    }

    @Test
    void of_equal_worth_idle_ones_go_first_and_then_the_youngest() {
        assertThat(
                        trimmed(
                                List.of(
                                        busy("busy and old", 900),
                                        idle("idle and old", 900),
                                        busy("busy and young", 60),
                                        idle("idle and young", 60),
                                        idle("idle and younger", 50),
                                        busy("busy and oldest", 1000))))
                .containsExactly(
                        "idle and younger", "idle and young", "idle and old", "busy and young");
    }

    @Test
    void spares_the_protected_even_when_that_leaves_too_many() {
        assertThat(trimmed(List.of(held("a"), held("b"), held("c"), held("d"), idle("e", 60))))
                .containsExactly("e");
        assertThat(trimmed(List.of(held("a"), held("b"), held("c"), held("d"), held("e"))))
                .isEmpty();
    }

    @Test
    void spares_the_young() {
        assertThat(
                        trimmed(
                                List.of(
                                        idle("a", 19),
                                        idle("b", 20),
                                        idle("c", 0),
                                        idle("d", 5),
                                        idle("e", 60))))
                .containsExactly("b", "e");
    }

    @Test
    void closes_no_more_than_it_must() {
        List<Candidate<Integer>> many =
                IntStream.range(0, 100)
                        .mapToObj(i -> new Candidate<>(i, NOW.minusSeconds(60), false, 0, 0))
                        .toList();
        assertThat(Trimming.of(many, MARKS, NOW)).hasSize(98).doesNotHaveDuplicates();
    }

    @Test
    void marks_are_in_order() {
        assertThatThrownBy(() -> new WaterMarks(5, 4, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> trimmed(List<Candidate<String>> all) {
        return Trimming.of(all, MARKS, NOW);
    }

    private static Candidate<String> idle(String name, int age) {
        return new Candidate<>(name, NOW.minusSeconds(age), false, 0, 0);
    }

    private static Candidate<String> busy(String name, int age) {
        return new Candidate<>(name, NOW.minusSeconds(age), false, 0, 1);
    }

    private static Candidate<String> worth(String name, int worth) {
        return new Candidate<>(name, NOW.minusSeconds(60), false, worth, 0);
    }

    private static Candidate<String> held(String name) {
        return new Candidate<>(name, NOW.minusSeconds(60), true, 0, 0);
    }
}

package org.flowshield.app.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ScheduleTest {

    private final Schedule mondays =
            new Schedule(Map.of(DayOfWeek.MONDAY, new Schedule.Hours(9, 17)));
    private final Schedule nights =
            new Schedule(Map.of(DayOfWeek.SUNDAY, new Schedule.Hours(22, 7)));

    @Test
    void hours_begin_and_end_on_the_hour() {
        assertThat(mondays.isOn(at("2026-03-02T08:59"))).isFalse();
        assertThat(mondays.isOn(at("2026-03-02T09:00"))).isTrue();
        assertThat(mondays.isOn(at("2026-03-02T16:59"))).isTrue();
        assertThat(mondays.isOn(at("2026-03-02T17:00"))).isFalse();
        assertThat(mondays.isOn(at("2026-03-03T10:00"))).isFalse();
    }

    @Test
    void a_night_ends_on_the_next_day_also_from_sunday_to_monday() {
        assertThat(nights.isOn(at("2026-03-01T21:00"))).isFalse();
        assertThat(nights.isOn(at("2026-03-01T23:00"))).isTrue();
        assertThat(nights.isOn(at("2026-03-02T06:59"))).isTrue();
        assertThat(nights.isOn(at("2026-03-02T07:00"))).isFalse();
        assertThat(nights.isOn(at("2026-03-02T23:00"))).isFalse();
    }

    @Test
    void from_an_hour_to_the_same_is_a_whole_day() {
        Schedule whole = new Schedule(Map.of(DayOfWeek.MONDAY, new Schedule.Hours(8, 8)));
        assertThat(whole.isOn(at("2026-03-02T08:00"))).isTrue();
        assertThat(whole.isOn(at("2026-03-03T07:59"))).isTrue();
        assertThat(whole.isOn(at("2026-03-03T08:00"))).isFalse();
    }

    @Test
    void a_day_can_be_left_out() {
        assertThat(mondays.with(DayOfWeek.MONDAY, null).isOn(at("2026-03-02T10:00"))).isFalse();
    }

    @Test
    void a_day_has_24_hours() {
        assertThatThrownBy(() -> new Schedule.Hours(0, 24))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static LocalDateTime at(String text) {
        return LocalDateTime.parse(text);
    }
}

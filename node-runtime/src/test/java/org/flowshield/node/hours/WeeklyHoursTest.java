package org.flowshield.node.hours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WeeklyHoursTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final long SEED = new Random().nextLong();

    private final WeeklyHours mondays = new WeeklyHours(Map.of(DayOfWeek.MONDAY, new Hours(9, 17)));
    private final WeeklyHours nights = new WeeklyHours(Map.of(DayOfWeek.SUNDAY, new Hours(22, 7)));

    // ---- which hours they are ----

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
        WeeklyHours whole = new WeeklyHours(Map.of(DayOfWeek.MONDAY, new Hours(8, 8)));
        assertThat(whole.isOn(at("2026-03-02T08:00"))).isTrue();
        assertThat(whole.isOn(at("2026-03-03T07:59"))).isTrue();
        assertThat(whole.isOn(at("2026-03-03T08:00"))).isFalse();
    }

    @Test
    void a_day_can_be_left_out() {
        assertThat(mondays.with(DayOfWeek.MONDAY, null)).isEqualTo(WeeklyHours.NEVER);
    }

    @Test
    void a_day_has_24_hours() {
        assertThatThrownBy(() -> new Hours(0, 24)).isInstanceOf(IllegalArgumentException.class);
    }

    // ---- when they change ----

    @Test
    void the_next_change_is_the_end_of_hours_that_are_on_and_the_beginning_of_those_that_are_not() {
        Instant friday = Instant.parse("2026-03-06T12:00:00Z");
        Instant monday = Instant.parse("2026-03-09T12:00:00Z");
        assertThat(mondays.nextChange(friday, ZoneOffset.UTC))
                .contains(Instant.parse("2026-03-09T09:00:00Z"));
        assertThat(mondays.nextChange(monday, ZoneOffset.UTC))
                .contains(Instant.parse("2026-03-09T17:00:00Z"));
        assertThat(mondays.next(true, monday, ZoneOffset.UTC))
                .contains(Instant.parse("2026-03-16T09:00:00Z"));
        assertThat(mondays.next(false, friday, ZoneOffset.UTC))
                .contains(Instant.parse("2026-03-09T17:00:00Z"));
    }

    @Test
    void what_is_always_or_never_does_not_change() {
        Instant now = Instant.parse("2026-03-06T12:00:00Z");
        assertThat(WeeklyHours.NEVER.nextChange(now, BERLIN)).isEmpty();
        assertThat(WeeklyHours.NEVER.next(true, now, BERLIN)).isEmpty();
        assertThat(WeeklyHours.daily(new Hours(0, 0)).nextChange(now, BERLIN)).isEmpty();
        assertThat(WeeklyHours.daily(new Hours(0, 0)).isOn(now, BERLIN)).isTrue();
    }

    @Test
    void hours_that_the_wall_leaves_out_begin_when_it_goes_on() {
        WeeklyHours early = WeeklyHours.daily(new Hours(2, 5));
        Instant before = Instant.parse("2026-03-29T00:30:00Z"); // 01:30 in Berlin
        assertThat(early.nextChange(before, BERLIN))
                .as("02:00 becomes 03:00")
                .contains(Instant.parse("2026-03-29T01:00:00Z"));
    }

    @Test
    void hours_that_lie_in_what_the_wall_leaves_out_are_not_on_that_day() {
        WeeklyHours gone = WeeklyHours.daily(new Hours(2, 3));
        Instant before = Instant.parse("2026-03-29T00:30:00Z");
        assertThat(gone.nextChange(before, BERLIN)).contains(Instant.parse("2026-03-30T00:00:00Z"));
        WeeklyHours weekly = new WeeklyHours(Map.of(DayOfWeek.SUNDAY, new Hours(2, 3)));
        assertThat(weekly.nextChange(before, BERLIN))
                .as("a week later")
                .contains(Instant.parse("2026-04-05T00:00:00Z"));
    }

    @Test
    void an_hour_that_comes_twice_is_on_twice_and_without_a_break() {
        WeeklyHours late = WeeklyHours.daily(new Hours(2, 3));
        Instant begin = Instant.parse("2026-10-25T00:00:00Z"); // 02:00 in Berlin, the first time
        assertThat(late.nextChange(begin.minusSeconds(1), BERLIN)).contains(begin);
        assertThat(late.nextChange(begin, BERLIN)).contains(begin.plus(Duration.ofHours(2)));
    }

    @Test
    void what_ends_as_the_wall_is_put_back_does_not_begin_again() {
        WeeklyHours night = WeeklyHours.daily(new Hours(22, 2));
        Instant end = Instant.parse("2026-10-25T00:00:00Z");
        assertThat(night.nextChange(end.minusSeconds(60), BERLIN)).contains(end);
        assertThat(night.nextChange(end, BERLIN)).contains(Instant.parse("2026-10-25T21:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/Berlin",
                "America/New_York",
                "America/Havana", // at midnight
                "Australia/Lord_Howe", // by half an hour
                "Asia/Kathmandu", // three quarters of an hour off
                "Africa/Casablanca",
                "Pacific/Apia", // a day was left out in 2011
                "UTC"
            })
    void between_two_changes_nothing_changes_and_each_is_one(String name) {
        ZoneId zone = ZoneId.of(name);
        Random random = new Random(SEED);
        for (int week = 0; week < 200; week++) {
            WeeklyHours hours = any(random);
            Instant at = somewhere(random, zone);
            for (int change = 0; change < 6; change++) {
                Optional<Instant> next = hours.nextChange(at, zone);
                String what = hours + " in " + zone + " after " + at + ", seed " + SEED;
                if (next.isEmpty()) {
                    assertHolds(hours, at, at.plus(Duration.ofDays(21)), zone, what);
                    break;
                }
                Instant then = next.orElseThrow();
                assertThat(then).as(what).isAfter(at);
                assertHolds(hours, at, then, zone, what);
                assertThat(hours.isOn(then, zone)).as(what).isNotEqualTo(hours.isOn(at, zone));
                at = then;
            }
        }
    }

    /** Every quarter of an hour, and the last moment. */
    private static void assertHolds(
            WeeklyHours hours, Instant from, Instant to, ZoneId zone, String what) {
        boolean on = hours.isOn(from, zone);
        for (Instant at = from; at.isBefore(to); at = at.plus(Duration.ofMinutes(15))) {
            assertThat(hours.isOn(at, zone)).as("%s, at %s", what, at).isEqualTo(on);
        }
        assertThat(hours.isOn(to.minusNanos(1), zone)).as(what).isEqualTo(on);
    }

    @Test
    void a_week_without_a_put_clock_has_the_hours_that_were_written() {
        Random random = new Random(SEED);
        for (int week = 0; week < 500; week++) {
            WeeklyHours hours = any(random);
            int minutes = 0;
            Instant begin = Instant.parse("2026-06-01T00:00:00Z").plus(Duration.ofDays(week));
            for (int minute = 0; minute < 7 * 24 * 60; minute += 30) {
                if (hours.isOn(begin.plus(Duration.ofMinutes(minute)), ZoneOffset.UTC)) {
                    minutes += 30;
                }
            }
            assertThat(minutes)
                    .as("%s, seed %d", hours, SEED)
                    .isBetween(longest(hours) * 60, written(hours) * 60);
        }
    }

    /** Those of two days may be the same. */
    private static int written(WeeklyHours hours) {
        return hours.days().values().stream().mapToInt(WeeklyHoursTest::length).sum();
    }

    private static int longest(WeeklyHours hours) {
        return hours.days().values().stream().mapToInt(WeeklyHoursTest::length).max().orElse(0);
    }

    private static int length(Hours hours) {
        int length = hours.to() - hours.from();
        return length > 0 ? length : length + 24;
    }

    private static WeeklyHours any(Random random) {
        Map<DayOfWeek, Hours> days = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (random.nextInt(3) > 0) {
                days.put(day, new Hours(random.nextInt(24), random.nextInt(24)));
            }
        }
        return new WeeklyHours(days);
    }

    /** Mostly near where the clock is put, forward or back. */
    private static Instant somewhere(Random random, ZoneId zone) {
        Instant any =
                Instant.parse("2010-01-01T00:00:00Z")
                        .plusSeconds(random.nextLong(Duration.ofDays(25 * 365).toSeconds()));
        ZoneOffsetTransition put = zone.getRules().nextTransition(any);
        return put == null || random.nextInt(4) == 0
                ? any
                : put.getInstant().minusSeconds(random.nextLong(3 * 86_400));
    }

    // ---- how they are written ----

    @Test
    void days_with_the_same_hours_are_written_together() throws Exception {
        assertThat(WeeklyHours.parse("mon-fri=22-7,sat-sun=0-24").days())
                .hasSize(7)
                .containsEntry(DayOfWeek.FRIDAY, new Hours(22, 7))
                .containsEntry(DayOfWeek.SUNDAY, new Hours(0, 0));
        assertThat(WeeklyHours.parse(" Tue=9-17, mon=9-17 ,wed=9-17")).hasToString("mon-wed=9-17");
        assertThat(WeeklyHours.parse("sat-mon=1-2")).hasToString("mon=1-2,sat-sun=1-2");
        assertThat(WeeklyHours.parse("never")).isEqualTo(WeeklyHours.NEVER).hasToString("never");
    }

    @Test
    void what_is_written_is_read_again() throws Exception {
        Random random = new Random(SEED);
        for (int one = 0; one < 2000; one++) {
            WeeklyHours hours = any(random);
            assertThat(WeeklyHours.parse(hours.toString())).as("seed %d", SEED).isEqualTo(hours);
        }
    }

    @Test
    void what_names_no_hours_is_refused_with_its_reason() {
        Map<String, String> refused =
                Map.of(
                        "",
                        "names no hours",
                        "mon",
                        "names no hours",
                        "mon=9",
                        "names no hours",
                        "mon=9-17;tue=9-17",
                        "names no hours",
                        "mon=24-3",
                        "from 0 to 23",
                        "mon=9-25",
                        "24 at the latest",
                        "day=9-17",
                        "is none of mon",
                        "mon=9-17,sun-tue=1-2",
                        "mon is named twice",
                        "mon=9-17,",
                        "names no hours",
                        "mon=9-17,".repeat(40),
                        "at most 256");
        refused.forEach(
                (text, why) ->
                        assertThatThrownBy(() -> WeeklyHours.parse(text))
                                .as(text)
                                .isInstanceOf(MalformedHoursException.class)
                                .hasMessageContaining(why));
    }

    private static LocalDateTime at(String text) {
        return LocalDateTime.parse(text);
    }
}

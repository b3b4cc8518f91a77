package org.flowshield.node.provider.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.schedule.ScheduleChange;
import org.flowshield.node.api.schedule.ScheduleStatus;
import org.flowshield.node.hours.MalformedHoursException;
import org.flowshield.node.hours.WeeklyHours;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Monday, and a schedule from nine to five. */
final class OwnScheduleTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-03-02T20:00:00Z");
    private static final Instant TUESDAY_NOON = Instant.parse("2026-03-03T12:00:00Z");

    @TempDir private Path folder;

    private Instant now = NOON;
    private ZoneId zone = ZoneOffset.UTC;

    private static WeeklyHours hours(String text) throws MalformedHoursException {
        return WeeklyHours.parse(text);
    }

    private OwnSchedule schedule(WeeklyHours... configured) throws IOException {
        return new OwnSchedule(
                List.of(configured).stream().findFirst(),
                folder.resolve("provider.schedule"),
                () -> now,
                () -> zone);
    }

    private OwnSchedule working() throws Exception {
        return schedule(hours("mon-fri=9-17"));
    }

    @Test
    void without_hours_nobody_says_anything() throws Exception {
        OwnSchedule none = schedule();
        none.byHand(true);
        assertThat(none.wanted()).isEmpty();
        assertThat(none.next(true)).isEmpty();
        assertThat(none.status())
                .isEqualTo(new ScheduleStatus(false, WeeklyHours.NEVER, "Z", null, false, null));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void the_hours_of_the_configuration_are_followed() throws Exception {
        OwnSchedule schedule = working();
        assertThat(schedule.wanted()).contains(true);
        assertThat(schedule.next(false)).contains(Instant.parse("2026-03-02T17:00:00Z"));
        now = EVENING;
        assertThat(schedule.wanted()).contains(false);
        assertThat(schedule.next(true)).contains(Instant.parse("2026-03-03T09:00:00Z"));
    }

    @Test
    void what_was_chosen_goes_before_the_configuration_also_after_a_restart() throws Exception {
        List<String> told = new ArrayList<>();
        OwnSchedule schedule = working();
        schedule.onChange(() -> told.add("changed"));
        ScheduleStatus changed =
                schedule.change(new ScheduleChange(null, hours("mon=10-11,tue=0-24")));
        assertThat(changed.on()).isFalse();
        assertThat(changed.nextChange()).isEqualTo(Instant.parse("2026-03-03T00:00:00Z"));
        assertThat(told).hasSize(1);
        assertThat(working().status().hours()).hasToString("mon=10-11,tue=0-24");
        assertThat(working().wanted()).contains(false);

        assertThat(schedule.change(new ScheduleChange(false, null)).on()).isNull();
        assertThat(working().wanted()).isEmpty();
        assertThat(working().status().hours()).as("kept").hasToString("mon=10-11,tue=0-24");
        assertThat(schedule.change(new ScheduleChange(true, null)).on()).isFalse();
    }

    @Test
    void what_is_switched_by_hand_holds_until_the_hours_change() throws Exception {
        OwnSchedule schedule = working();
        schedule.byHand(false);
        assertThat(schedule.wanted()).contains(false);
        assertThat(schedule.status().byHand()).isTrue();
        now = Instant.parse("2026-03-02T16:59:59Z");
        assertThat(schedule.wanted()).contains(false);
        now = EVENING;
        assertThat(schedule.wanted()).contains(false);
        assertThat(schedule.status().byHand()).isFalse();
        now = TUESDAY_NOON;
        assertThat(schedule.wanted()).contains(true);
    }

    @Test
    void on_by_hand_out_of_hours_is_on_through_them_and_off_at_their_end() throws Exception {
        now = EVENING;
        OwnSchedule schedule = working();
        schedule.byHand(true);
        assertThat(schedule.wanted()).contains(true);
        now = TUESDAY_NOON;
        assertThat(schedule.wanted()).contains(true);
        assertThat(schedule.status().byHand()).isFalse();
        now = Instant.parse("2026-03-03T17:00:00Z");
        assertThat(schedule.wanted()).contains(false);
    }

    @Test
    void a_hand_that_agrees_with_the_hours_takes_back_one_that_did_not() throws Exception {
        OwnSchedule schedule = working();
        schedule.byHand(false);
        schedule.byHand(true);
        assertThat(schedule.status().byHand()).isFalse();
        assertThat(working().wanted()).contains(true);
    }

    @Test
    void a_restart_within_the_hours_respects_the_hand_and_one_after_their_end_does_not()
            throws Exception {
        working().byHand(false);
        assertThat(working().wanted()).contains(false);
        now = TUESDAY_NOON;
        assertThat(working().wanted()).as("the end of Monday's hours is past").contains(true);
    }

    @Test
    void a_machine_that_slept_through_a_change_has_forgotten_the_hand() throws Exception {
        OwnSchedule schedule = working();
        schedule.byHand(false);
        assertThat(schedule.wanted()).contains(false);
        now = TUESDAY_NOON;
        assertThat(schedule.wanted()).contains(true);
    }

    @Test
    void a_clock_that_is_put_is_followed_both_ways() throws Exception {
        OwnSchedule schedule = working();
        assertThat(schedule.wanted()).contains(true);
        now = EVENING;
        assertThat(schedule.wanted()).contains(false);
        now = NOON;
        assertThat(schedule.wanted()).contains(true);
    }

    @Test
    void a_clock_that_is_put_back_makes_no_hand_hold_longer_than_to_the_next_change()
            throws Exception {
        OwnSchedule schedule = working();
        schedule.byHand(false);
        now = NOON.minus(Duration.ofHours(8)); // 04:00: the hours are not on
        assertThat(schedule.wanted()).contains(false);
        now = Instant.parse("2026-03-02T09:00:00Z");
        assertThat(schedule.wanted()).contains(true);
        assertThat(schedule.status().byHand()).isFalse();
    }

    @Test
    void what_was_switched_by_a_clock_of_years_ahead_does_not_hold_for_years() throws Exception {
        now = Instant.parse("2036-03-03T12:00:00Z"); // a Monday too
        OwnSchedule schedule = working();
        schedule.byHand(false);
        now = NOON;
        assertThat(schedule.wanted()).contains(false);
        now = TUESDAY_NOON;
        assertThat(schedule.wanted()).contains(true);
    }

    @Test
    void a_clock_that_begins_long_ago_does_not_switch_on_what_was_switched_off() throws Exception {
        working().byHand(false);
        for (String boot : List.of("1970-01-01T12:00:00Z", "1970-01-01T00:00:07Z")) {
            now = Instant.parse(boot); // a Thursday, within the hours and before them
            OwnSchedule again = working();
            assertThat(again.wanted()).as(boot).contains(false);
            now = NOON.plus(Duration.ofMinutes(5));
            assertThat(again.wanted()).as(boot).contains(false);
            now = TUESDAY_NOON;
            assertThat(again.wanted()).as(boot).contains(true);
        }
    }

    @Test
    void a_machine_that_is_carried_elsewhere_takes_the_time_there() throws Exception {
        OwnSchedule schedule = working();
        assertThat(schedule.wanted()).contains(true);
        zone = ZoneId.of("America/New_York"); // 07:00
        assertThat(schedule.wanted()).contains(false);
        assertThat(schedule.status().zone()).isEqualTo("America/New_York");
        assertThat(schedule.next(true)).contains(Instant.parse("2026-03-02T14:00:00Z"));
    }

    @Test
    void another_schedule_takes_back_what_was_switched_by_hand() throws Exception {
        OwnSchedule schedule = working();
        schedule.byHand(false);
        assertThat(schedule.change(new ScheduleChange(true, null)).on()).isTrue();
        assertThat(schedule.status().byHand()).isFalse();
    }

    @Test
    void hands_hold_for_good_where_the_hours_never_change() throws Exception {
        OwnSchedule schedule = schedule(WeeklyHours.NEVER);
        schedule.byHand(true);
        now = NOON.plus(Duration.ofDays(400));
        assertThat(schedule.wanted()).contains(true);
        assertThat(schedule(WeeklyHours.NEVER).wanted()).contains(true);
    }

    @Test
    void a_file_that_is_not_what_was_written_is_refused_with_its_name() throws Exception {
        Path file = folder.resolve("provider.schedule");
        for (String text :
                List.of(
                        "enabled = perhaps",
                        "hours = always",
                        "by-hand = maybe",
                        "by-hand = off until tomorrow",
                        "hours = \\u00zz")) {
            Files.writeString(file, text);
            assertThatThrownBy(this::schedule)
                    .as(text)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void a_schedule_that_can_not_be_kept_changes_nothing() throws Exception {
        OwnSchedule schedule =
                new OwnSchedule(
                        Optional.empty(),
                        folder.resolve("gone").resolve("provider.schedule"),
                        () -> now,
                        () -> zone);
        assertThatThrownBy(() -> schedule.change(new ScheduleChange(true, hours("mon=1-2"))))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("schedule_not_kept"));
        assertThat(schedule.wanted()).isEmpty();
    }
}

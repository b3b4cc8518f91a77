package org.flowshield.app.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.Statuses;
import org.flowshield.app.threads.Work;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.schedule.ScheduleChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What an app of before has left. */
final class CarriedHoursTest {

    private static final String OLD =
            """
            {
              "agreed" : true,
              "schedule" : { "days" : { "MONDAY" : { "from" : 9, "to" : 17 } } },
              "scheduled" : %s
            }
            """;

    private final FakeDaemon daemon = new FakeDaemon();
    private final Work work = new Work(Runnable::run);

    /** Choices are written beside, perhaps after a test has ended. */
    @TempDir(cleanup = CleanupMode.NEVER)
    private Path folder;

    private ChoicesFile choices(String content) throws IOException {
        Files.writeString(file(), content);
        return ChoicesFile.open(file(), work);
    }

    private Path file() {
        return folder.resolve("share.json");
    }

    private CarriedHours carry(ChoicesFile choices) {
        CarriedHours hours = new CarriedHours(daemon, choices, work);
        hours.start();
        return hours;
    }

    private void comesUp() {
        daemon.say(new DaemonState.Live(Statuses.idle()));
    }

    @Test
    void hours_that_the_app_followed_are_followed_by_the_daemon_and_carried_once()
            throws Exception {
        ChoicesFile choices = choices(OLD.formatted(true));
        daemon.answer("schedule", Shares.unscheduled());
        daemon.answer("reschedule", Shares.scheduled(true, "mon=9-17"));
        CarriedHours _ = carry(choices);
        assertThat(daemon.asked()).isEmpty();
        comesUp();
        await("they are carried", () -> !choices.choices().hasHours());
        assertThat(rescheduled()).containsExactly("true mon=9-17");
        assertThat(choices.choices().agreed()).isTrue();
        await("the file says so", () -> !text().contains("MONDAY"));

        CarriedHours _ = carry(ChoicesFile.open(file(), work));
        comesUp();
        assertThat(rescheduled()).hasSize(1);
    }

    @Test
    void hours_that_were_not_followed_are_kept_and_not_followed() throws Exception {
        carriedAndNotFollowed(OLD.formatted(false));
    }

    @Test
    void who_had_not_agreed_shares_in_no_hour() throws Exception {
        carriedAndNotFollowed(
                OLD.formatted(true).replace("\"agreed\" : true", "\"agreed\" : false"));
    }

    private void carriedAndNotFollowed(String old) throws Exception {
        ChoicesFile choices = choices(old);
        daemon.answer("schedule", Shares.unscheduled());
        daemon.answer("reschedule", Shares.scheduled(false, "mon=9-17"));
        CarriedHours _ = carry(choices);
        comesUp();
        await("they are carried", () -> !choices.choices().hasHours());
        assertThat(rescheduled()).containsExactly("false mon=9-17");
    }

    @Test
    void a_refusal_loses_nothing_and_it_is_tried_when_the_daemon_comes_back() throws Exception {
        ChoicesFile choices = choices(OLD.formatted(true));
        daemon.answer("schedule", Shares.unscheduled());
        daemon.refuse("reschedule", new Problem("schedule_not_kept", "the disk is full", "mend"));
        CarriedHours _ = carry(choices);
        comesUp();
        await("it is asked", () -> rescheduled().size() == 1);
        comesUp();
        assertThat(choices.choices().hasHours()).isTrue();
        assertThat(text()).contains("MONDAY");

        daemon.answer("schedule", Shares.unscheduled());
        daemon.answer("reschedule", Shares.scheduled(true, "mon=9-17"));
        daemon.say(new DaemonState.Away(DaemonState.Reason.STOPPED, "it stopped"));
        comesUp();
        await("they are carried", () -> !choices.choices().hasHours());
    }

    @Test
    void a_daemon_with_hours_of_its_own_keeps_them() throws Exception {
        ChoicesFile choices = choices(OLD.formatted(true));
        daemon.answer("schedule", Shares.scheduled(false, "sun=1-2"));
        CarriedHours _ = carry(choices);
        comesUp();
        await("they are forgotten", () -> !choices.choices().hasHours());
        assertThat(rescheduled()).isEmpty();
    }

    @Test
    void without_old_hours_nobody_is_asked() throws Exception {
        CarriedHours _ = carry(choices("{\"agreed\":true}"));
        comesUp();
        assertThat(daemon.asked()).isEmpty();
        assertThat(daemon.watchers()).isZero();
    }

    private List<String> rescheduled() {
        return daemon.asked().stream()
                .filter(asked -> asked.what().equals("reschedule"))
                .map(asked -> (ScheduleChange) asked.with())
                .map(change -> change.enabled() + " " + change.hours())
                .toList();
    }

    private String text() {
        try {
            return Files.readString(file());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(String what, BooleanSupplier claim) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!claim.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("it did not happen: " + what);
            }
            Thread.onSpinWait();
        }
    }
}

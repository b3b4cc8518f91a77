package org.flowshield.app.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.Statuses;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.junit.jupiter.api.Test;

final class ScheduleKeeperTest {

    private static final RoleStatus ON = new RoleStatus(RoleName.PROVIDER, RoleState.ON, null);
    private static final RoleStatus OFF = new RoleStatus(RoleName.PROVIDER, RoleState.OFF, null);

    private final FakeDaemon daemon = new FakeDaemon();
    private ShareChoices choices =
            new ShareChoices(
                    true, true, new Schedule(Map.of(DayOfWeek.MONDAY, new Schedule.Hours(9, 17))));
    private Instant now = Instant.parse("2026-03-02T08:00:00Z");
    private final ScheduleKeeper keeper =
            new ScheduleKeeper(daemon, () -> choices, () -> now, ZoneOffset.UTC);

    @Test
    void switches_on_and_off_when_its_hours_begin_and_end() throws InterruptedException {
        daemon.say(new DaemonState.Live(Statuses.idle()));
        keeper.look();
        assertThat(daemon.asked()).isEmpty();

        now = Instant.parse("2026-03-02T09:00:10Z");
        daemon.answer("enable", ON);
        keeper.look();
        daemon.say(new DaemonState.Live(Statuses.serving()));

        now = Instant.parse("2026-03-02T17:00:10Z");
        daemon.answer("disable", OFF);
        keeper.look();

        assertThat(daemon.asked())
                .containsExactly(
                        new FakeDaemon.Asked("enable", RoleName.PROVIDER),
                        new FakeDaemon.Asked("disable", RoleName.PROVIDER));
    }

    @Test
    void what_is_switched_by_hand_holds_until_the_next_change() throws InterruptedException {
        now = Instant.parse("2026-03-02T09:00:10Z");
        daemon.say(new DaemonState.Live(Statuses.serving()));
        keeper.look();
        daemon.say(new DaemonState.Live(Statuses.idle()));
        keeper.look();
        keeper.look();
        assertThat(daemon.asked()).isEmpty();
    }

    @Test
    void what_was_refused_is_tried_again() throws InterruptedException {
        now = Instant.parse("2026-03-02T09:00:10Z");
        daemon.say(new DaemonState.Live(Statuses.idle()));
        daemon.refuse("enable", new Problem("no_price", "no price", "set one"));
        keeper.look();
        daemon.answer("enable", ON);
        keeper.look();
        assertThat(daemon.asked()).hasSize(2);
    }

    @Test
    void nothing_is_switched_on_for_who_has_not_agreed() throws InterruptedException {
        now = Instant.parse("2026-03-02T09:00:10Z");
        daemon.say(new DaemonState.Live(Statuses.idle()));
        choices = new ShareChoices(false, true, choices.schedule());
        keeper.look();
        choices = new ShareChoices(true, false, choices.schedule());
        keeper.look();
        assertThat(daemon.asked()).isEmpty();
    }
}

package org.flowshield.node.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.schedule.ScheduleStatus;
import org.flowshield.node.hours.WeeklyHours;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ScheduleTextTest {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    private static final Instant SIX = Instant.parse("2026-03-02T18:00:00Z");

    private final ScheduleText text = new ScheduleText(NOW, ZoneOffset.UTC);

    @Test
    void a_role_is_so_until_the_schedule_switches_it() {
        assertThat(text.state(provider(RoleState.OFF, SIX)))
                .isEqualTo("off until 18:00 by the schedule");
        assertThat(text.state(provider(RoleState.ON, Instant.parse("2026-03-04T07:00:00Z"))))
                .isEqualTo("on until 2026-03-04 07:00 by the schedule");
        assertThat(text.state(provider(RoleState.OFF, null))).isEqualTo("off");
    }

    private static RoleStatus provider(RoleState state, @Nullable Instant until) {
        return new RoleStatus(RoleName.PROVIDER, state, null).with(Optional.ofNullable(until));
    }

    @Test
    void a_hand_that_goes_before_the_hours_is_told() throws Exception {
        WeeklyHours hours = WeeklyHours.parse("mon=9-18");
        assertThat(text.table(new ScheduleStatus(true, hours, "Z", false, true, SIX)))
                .containsExactly(
                        "hours      mon=9-18 in the machine's time (Z)",
                        "followed   yes",
                        "sharing    is to be off until 18:00, as switched by hand");
    }

    @Test
    void hours_that_never_begin_are_none() {
        assertThat(text.table(new ScheduleStatus(true, WeeklyHours.NEVER, "Z", false, false, null)))
                .containsExactly("hours      none", "followed   yes", "sharing    is to be off");
    }
}

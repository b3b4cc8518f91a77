package org.flowshield.node.cli.remote;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.schedule.ScheduleStatus;
import org.flowshield.node.hours.WeeklyHours;

/** A schedule as people read it. Pure: the time and its zone are given. */
public final class ScheduleText {

    private static final Duration A_DAY = Duration.ofDays(1);

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Instant now;
    private final ZoneId zone;

    public ScheduleText(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** A role's state, and how long it lasts: {@code off until 18:00 by the schedule}. */
    public String state(RoleStatus role) {
        String state = role.state().name().toLowerCase(Locale.ROOT);
        Instant until = role.until();
        return until == null ? state : state + until(until) + " by the schedule";
    }

    /** The time of the day, with its date where that could be another day's. */
    private String until(Instant moment) {
        boolean soon = Duration.between(now, moment).compareTo(A_DAY) < 0;
        return " until " + (soon ? CLOCK : DATE).format(moment.atZone(zone));
    }

    /** The whole schedule, a label and a value in each line. */
    List<String> table(ScheduleStatus schedule) {
        List<String> lines = new ArrayList<>();
        boolean none = schedule.hours().equals(WeeklyHours.NEVER);
        StatusText.row(
                lines,
                "hours",
                none
                        ? "none"
                        : schedule.hours() + " in the machine's time (" + schedule.zone() + ")");
        StatusText.row(
                lines, "followed", schedule.enabled() ? "yes" : "no: sharing goes by hand alone");
        Boolean on = schedule.on();
        if (on != null) {
            RoleState state = on ? RoleState.ON : RoleState.OFF;
            Instant change = schedule.nextChange();
            StatusText.row(
                    lines,
                    "sharing",
                    "is to be "
                            + state.name().toLowerCase(Locale.ROOT)
                            + (change == null ? "" : until(change))
                            + (schedule.byHand() ? ", as switched by hand" : ""));
        }
        return lines;
    }
}

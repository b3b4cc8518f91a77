package org.flowshield.app.share;

import java.time.DayOfWeek;
import java.util.Objects;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.screen.Context;
import org.flowshield.app.threads.Work;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.schedule.ScheduleChange;
import org.flowshield.node.api.schedule.ScheduleStatus;
import org.flowshield.node.hours.Hours;
import org.flowshield.node.hours.WeeklyHours;
import org.jspecify.annotations.Nullable;

/**
 * Shows the daemon's hours, and has it follow others. What a person chooses is shown at once;
 * changes go to the daemon one after the other, and of those that wait only the last is sent, which
 * says everything. For the FX thread.
 */
final class HoursController {

    private final ShareModel model;
    private final Context context;

    /** A change is on its way to the daemon. */
    private boolean changing;

    /** What is to be sent after that; null: nothing. */
    private @Nullable ScheduleChange waiting;

    /** How often a person chose: an answer from before says nothing. */
    private long changes;

    /** How the role stood when the daemon was asked last. */
    private @Nullable RoleStatus asked;

    HoursController(ShareModel model, Context context) {
        this.model = model;
        this.context = context;
    }

    /** A new status: the role was switched, or somebody else has chosen other hours. */
    void heard() {
        RoleStatus now = role();
        if (now != null && model.schedule().get() != null && !now.equals(asked)) {
            look();
        }
    }

    private @Nullable RoleStatus role() {
        NodeStatus status = model.status().get();
        return status == null ? null : status.role(RoleName.PROVIDER);
    }

    /** Asks the daemon, unless it is being told. */
    void look() {
        if (changing) {
            return;
        }
        asked = role();
        long before = changes;
        Work.Running _ =
                context.work()
                        .start(
                                "schedule",
                                context.daemon()::schedule,
                                now -> {
                                    if (changes == before) {
                                        model.schedule().set(now);
                                    }
                                },
                                model.failure()::set);
    }

    /** Has the daemon go by its hours, or by none. */
    void follow(boolean on) {
        ScheduleStatus before = model.schedule().get();
        if (before != null) {
            change(before, new ScheduleChange(on, plan(before)));
        }
    }

    /** Other hours for a day; null: none. */
    void choose(DayOfWeek day, @Nullable Hours hours) {
        ScheduleStatus before = model.schedule().get();
        if (before != null) {
            change(before, new ScheduleChange(before.enabled(), plan(before).with(day, hours)));
        }
    }

    /** The hours, chosen or suggested. */
    static WeeklyHours plan(ScheduleStatus schedule) {
        return !schedule.enabled() && schedule.hours().equals(WeeklyHours.NEVER)
                ? ShareChoices.USUAL
                : schedule.hours();
    }

    private void change(ScheduleStatus before, ScheduleChange change) {
        changes++;
        model.schedule()
                .set(
                        new ScheduleStatus(
                                Boolean.TRUE.equals(change.enabled()),
                                Objects.requireNonNull(change.hours()),
                                before.zone(),
                                before.on(),
                                before.byHand(),
                                before.nextChange()));
        if (changing) {
            waiting = change;
        } else {
            changing = true;
            send(change);
        }
    }

    private void send(ScheduleChange change) {
        Work.Running _ =
                context.work()
                        .start(
                                "reschedule",
                                () -> context.daemon().reschedule(change),
                                this::changed,
                                this::refused);
    }

    private void changed(ScheduleStatus now) {
        ScheduleChange next = waiting;
        waiting = null;
        if (next == null) {
            changing = false;
            model.schedule().set(now);
        } else {
            send(next);
        }
    }

    /** What was shown does not hold. */
    private void refused(Failure failure) {
        waiting = null;
        changing = false;
        model.failure().set(failure);
        look();
    }
}

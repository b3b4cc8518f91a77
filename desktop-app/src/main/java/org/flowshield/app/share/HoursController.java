package org.flowshield.app.share;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.daemon.FailureException;
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
 * changes go to the daemon one after the other, and those that wait together. Each is made to the
 * hours that the daemon has at that moment, for the command line changes them too. For the FX
 * thread.
 */
final class HoursController {

    /** What a person changed. */
    private interface Edit {
        ScheduleChange of(ScheduleStatus before);
    }

    private final ShareModel model;
    private final Context context;

    /** A change is on its way to the daemon. */
    private boolean changing;

    /** What is to be sent after that. */
    private List<Edit> waiting = new ArrayList<>();

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
        change(before -> new ScheduleChange(on, plan(before)));
    }

    /** Other hours for a day; null: none. */
    void choose(DayOfWeek day, @Nullable Hours hours) {
        change(before -> new ScheduleChange(before.enabled(), plan(before).with(day, hours)));
    }

    /** The hours, chosen or suggested. */
    static WeeklyHours plan(ScheduleStatus schedule) {
        return !schedule.enabled() && schedule.hours().equals(WeeklyHours.NEVER)
                ? ShareChoices.USUAL
                : schedule.hours();
    }

    private void change(Edit edit) {
        ScheduleStatus before = model.schedule().get();
        if (before == null) {
            return;
        }
        changes++;
        model.schedule().set(after(before, edit));
        if (changing) {
            waiting.add(edit);
        } else {
            changing = true;
            send(List.of(edit));
        }
    }

    private static ScheduleStatus after(ScheduleStatus before, Edit edit) {
        ScheduleChange change = edit.of(before);
        return new ScheduleStatus(
                Boolean.TRUE.equals(change.enabled()),
                Objects.requireNonNull(change.hours()),
                before.zone(),
                before.on(),
                before.byHand(),
                before.nextChange());
    }

    private void send(List<Edit> edits) {
        Work.Running _ =
                context.work().start("reschedule", () -> tell(edits), this::changed, this::refused);
    }

    private ScheduleStatus tell(List<Edit> edits) throws FailureException, InterruptedException {
        ScheduleStatus wanted = context.daemon().schedule();
        for (Edit edit : edits) {
            wanted = after(wanted, edit);
        }
        return context.daemon().reschedule(new ScheduleChange(wanted.enabled(), wanted.hours()));
    }

    private void changed(ScheduleStatus now) {
        List<Edit> next = waiting;
        waiting = new ArrayList<>();
        if (next.isEmpty()) {
            changing = false;
            model.schedule().set(now);
        } else {
            send(next);
        }
    }

    /** What was shown does not hold. */
    private void refused(Failure failure) {
        waiting.clear();
        changing = false;
        model.failure().set(failure);
        look();
    }
}

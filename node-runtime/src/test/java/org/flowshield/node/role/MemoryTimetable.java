package org.flowshield.node.role;

import java.time.Instant;
import java.util.Optional;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.schedule.ScheduleChange;
import org.flowshield.node.api.schedule.ScheduleStatus;
import org.flowshield.node.hours.WeeklyHours;
import org.jspecify.annotations.Nullable;

/** A timetable that says what a test wants. Safe for use by any thread. */
public final class MemoryTimetable implements Timetable {

    /** When the hours end next. */
    public static final Instant END = Instant.parse("2026-01-03T07:00:00Z");

    /** When they begin next. */
    public static final Instant BEGIN = Instant.parse("2026-01-03T22:00:00Z");

    private final Refusal refusal;
    private boolean enabled;
    private WeeklyHours hours = WeeklyHours.NEVER;
    private @Nullable Boolean on;
    private Runnable listener = () -> {};

    /** Refuses what a test has refused. */
    @FunctionalInterface
    public interface Refusal {
        void check() throws RefusedException;
    }

    public MemoryTimetable(Refusal refusal) {
        this.refusal = refusal;
    }

    /** From now on the role is to be so. */
    public void want(boolean wanted) {
        synchronized (this) {
            enabled = true;
            on = wanted;
        }
        listener.run();
    }

    @Override
    public synchronized Optional<Boolean> wanted() {
        return enabled ? Optional.ofNullable(on) : Optional.empty();
    }

    @Override
    public synchronized Optional<Instant> next(boolean begin) {
        return enabled ? Optional.of(begin ? BEGIN : END) : Optional.empty();
    }

    @Override
    public synchronized void byHand(boolean switched) {
        if (enabled) {
            on = switched;
        }
    }

    @Override
    public void onChange(Runnable told) {
        listener = told;
    }

    @Override
    public synchronized ScheduleStatus status() {
        return new ScheduleStatus(
                enabled, hours, "UTC", enabled ? on : null, false, enabled ? BEGIN : null);
    }

    @Override
    public synchronized ScheduleStatus change(ScheduleChange change) throws RefusedException {
        refusal.check();
        WeeklyHours said = change.hours();
        hours = said == null ? hours : said;
        enabled = change.enabled() == null ? enabled : change.enabled();
        on = enabled ? Boolean.FALSE : null;
        return status();
    }
}

package org.flowshield.node.provider.schedule;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.schedule.ScheduleChange;
import org.flowshield.node.api.schedule.ScheduleStatus;
import org.flowshield.node.hours.WeeklyHours;
import org.flowshield.node.role.Timetable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a provider serves: the hours of the configuration, and before them those that were chosen
 * while the node ran. The clock is looked at anew for each question, so that it may be put forward
 * or back, and the machine may be carried elsewhere. Safe for use by any thread.
 */
public final class OwnSchedule implements Timetable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnSchedule.class);

    private final Optional<WeeklyHours> configured;
    private final Path file;
    private final InstantSource clock;
    private final Supplier<ZoneId> zone;

    // Guarded by this.
    private ChosenSchedule chosen;

    /** When the clock was looked at last; null: not yet. */
    private @Nullable Instant looked;

    private Runnable listener = () -> {};

    /**
     * @param configured followed unless somebody chose otherwise; empty: nothing is
     * @param file of what was chosen
     * @param zone that the machine is in now
     * @throws IOException if the file is not what was written
     */
    public OwnSchedule(
            Optional<WeeklyHours> configured, Path file, InstantSource clock, Supplier<ZoneId> zone)
            throws IOException {
        this.configured = configured;
        this.file = file;
        this.clock = clock;
        this.zone = zone;
        this.chosen = ChosenSchedule.read(file);
    }

    @Override
    public synchronized void onChange(Runnable told) {
        listener = told;
    }

    private boolean isEnabled() {
        return chosen.enabled().orElse(configured.isPresent());
    }

    private WeeklyHours hours() {
        return chosen.hours().or(() -> configured).orElse(WeeklyHours.NEVER);
    }

    @Override
    public synchronized Optional<Boolean> wanted() {
        if (!isEnabled()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return Optional.of(
                byHand(now).map(ByHand::on).orElseGet(() -> hours().isOn(now, zone.get())));
    }

    /**
     * What was switched by hand and still holds. By a clock that was put back it would hold for too
     * long: it ends at the next change that is seen then. One that is put forward, as on a machine
     * that begins in 1970, leaves it alone until its end.
     */
    private Optional<ByHand> byHand(Instant now) {
        boolean putBack = looked != null && now.isBefore(looked);
        looked = now;
        chosen =
                chosen.with(
                        chosen.byHand()
                                .map(
                                        hand ->
                                                putBack
                                                        ? hand.atMost(
                                                                hours().nextChange(now, zone.get()))
                                                        : hand)
                                .filter(hand -> hand.holds(now))); // the file's has its end in it
        return chosen.byHand();
    }

    @Override
    public synchronized Optional<Instant> next(boolean begin) {
        return isEnabled() ? hours().next(begin, clock.instant(), zone.get()) : Optional.empty();
    }

    @Override
    public void byHand(boolean on) {
        if (keepHand(on)) {
            told();
        }
    }

    private synchronized boolean keepHand(boolean on) {
        if (!isEnabled()) {
            return false;
        }
        Instant now = clock.instant();
        ZoneId here = zone.get();
        looked = now;
        ChosenSchedule next =
                chosen.with(
                        hours().isOn(now, here) == on
                                ? Optional.empty()
                                : Optional.of(new ByHand(on, hours().nextChange(now, here))));
        if (next.equals(chosen)) {
            return false;
        }
        chosen = next;
        try {
            next.write(file);
        } catch (IOException e) {
            LOG.warn("what was switched by hand holds until the daemon's next start only", e);
        }
        return true;
    }

    @Override
    public synchronized ScheduleStatus status() {
        boolean enabled = isEnabled();
        Optional<Boolean> on = wanted();
        return new ScheduleStatus(
                enabled,
                hours(),
                zone.get().getId(),
                on.orElse(null),
                enabled && chosen.byHand().isPresent(),
                enabled ? hours().nextChange(clock.instant(), zone.get()).orElse(null) : null);
    }

    @Override
    public ScheduleStatus change(ScheduleChange change) throws RefusedException {
        keep(change);
        told();
        return status();
    }

    private synchronized void keep(ScheduleChange change) throws RefusedException {
        ChosenSchedule next =
                new ChosenSchedule(
                        Optional.ofNullable(change.enabled()).or(chosen::enabled),
                        Optional.ofNullable(change.hours()).or(chosen::hours),
                        Optional.empty());
        try {
            next.write(file);
        } catch (IOException e) {
            throw new RefusedException(
                    Kind.FAILED,
                    new Problem(
                            "schedule_not_kept",
                            "the schedule could not be written to " + file + ": " + e.getMessage(),
                            "see the message; nothing was changed"),
                    e);
        }
        chosen = next;
    }

    private void told() {
        Runnable told;
        synchronized (this) {
            told = listener;
        }
        told.run();
    }
}

package org.flowshield.app.share;

import java.util.concurrent.atomic.AtomicBoolean;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.daemon.FailureException;
import org.flowshield.app.threads.Work;
import org.flowshield.node.api.schedule.ScheduleChange;
import org.flowshield.node.api.schedule.ScheduleStatus;
import org.flowshield.node.hours.WeeklyHours;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hours that an earlier app kept itself are given to the daemon, once: as soon as it is there, and
 * again when it comes back if it refused. A daemon that has hours of its own keeps those. Safe for
 * use by any thread.
 */
public final class CarriedHours implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CarriedHours.class);

    private final Daemon daemon;
    private final ChoicesFile choices;
    private final Work work;

    /** Whether the daemon was there when it was heard of last. */
    private final AtomicBoolean live = new AtomicBoolean();

    private Daemon.@Nullable Watch watch;

    public CarriedHours(Daemon daemon, ChoicesFile choices, Work work) {
        this.daemon = daemon;
        this.choices = choices;
        this.work = work;
    }

    public void start() {
        if (choices.choices().hasHours()) {
            watch = daemon.watch(this::heard);
        }
    }

    private void heard(DaemonState state) {
        boolean now = state instanceof DaemonState.Live;
        if (live.getAndSet(now) || !now) {
            return;
        }
        Work.Running _ =
                work.start(
                        "carried-hours",
                        this::carry,
                        _ -> {},
                        failure ->
                                LOG.warn(
                                        "the hours of sharing are not the service's yet: {}",
                                        failure.problem().message()));
    }

    private boolean carry() throws FailureException, InterruptedException {
        ShareChoices old = choices.choices();
        if (!old.hasHours()) {
            return false;
        }
        ScheduleStatus known = daemon.schedule();
        boolean isNew = !known.enabled() && known.hours().equals(WeeklyHours.NEVER);
        if (isNew) {
            ScheduleStatus _ =
                    daemon.reschedule(
                            new ScheduleChange(old.agreed() && old.scheduled(), old.hours()));
        } else {
            LOG.info("the service has hours of its own; those of the app were {}", old.hours());
        }
        ShareChoices _ = choices.change(ShareChoices::withoutHours);
        return isNew;
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
    }
}

package org.flowshield.app.share;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.function.Supplier;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.daemon.FailureException;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches sharing on and off by the schedule, while the app runs and no longer: the daemon knows
 * no schedule. It acts when the schedule's word changes, so that what a person switches by hand
 * holds until then. One virtual thread looks every {@link #EVERY}.
 */
public final class ScheduleKeeper implements AutoCloseable {

    /** Hours begin half a minute late at the most. */
    private static final Duration EVERY = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleKeeper.class);

    private final Daemon daemon;
    private final Supplier<ShareChoices> choices;
    private final InstantSource clock;
    private final ZoneId zone;

    /** What was brought about last; null: nothing yet. The looking thread's own. */
    private @Nullable Boolean kept;

    private @Nullable Thread thread;

    public ScheduleKeeper(
            Daemon daemon, Supplier<ShareChoices> choices, InstantSource clock, ZoneId zone) {
        this.daemon = daemon;
        this.choices = choices;
        this.clock = clock;
        this.zone = zone;
    }

    public void start() {
        thread = Thread.ofVirtual().name("schedule").start(this::run);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Brings about what the schedule says, if that has changed. */
    void look() throws InterruptedException {
        ShareChoices now = choices.get();
        if (!now.agreed() || !now.scheduled()) {
            kept = null;
            return;
        }
        boolean wanted = now.plan().isOn(LocalDateTime.ofInstant(clock.instant(), zone));
        if ((kept != null && kept == wanted)
                || !(daemon.state() instanceof DaemonState.Live(var status))) {
            return;
        }
        boolean on =
                status.roles().stream()
                        .anyMatch(
                                role ->
                                        role.name() == RoleName.PROVIDER
                                                && role.state() == RoleState.ON);
        try {
            if (wanted && !on) {
                var _ = daemon.enable(RoleName.PROVIDER);
            } else if (!wanted && on) {
                var _ = daemon.disable(RoleName.PROVIDER);
            }
            kept = wanted;
        } catch (FailureException e) {
            LOG.warn("the schedule could not switch sharing {}", wanted ? "on" : "off", e);
        }
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}

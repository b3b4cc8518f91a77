package org.flowshield.node.daemon;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.role.Timetable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches a role by its timetable. It acts when the timetable wants something else than before: a
 * role that fails meanwhile is left alone. One virtual thread looks every {@link #EVERY}, since
 * clocks are put, and at once when it is told to.
 */
final class ScheduleKeeper implements AutoCloseable {

    /** Hours begin a third of a minute late at the most. */
    private static final Duration EVERY = Duration.ofSeconds(20);

    /** What was refused takes a person, or a network that comes up: that is five minutes. */
    static final int LOOKS_BETWEEN_ATTEMPTS = 15;

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleKeeper.class);

    private final Timetable timetable;
    private final RoleLife role;
    private final Semaphore due = new Semaphore(0);
    private @Nullable Thread thread;

    // The looking thread's own.
    /** What was brought about last; null: nothing, or nobody wants anything. */
    private @Nullable Boolean kept;

    /** Looks that are let pass before it is switched on the next time. */
    private int rests;

    ScheduleKeeper(Timetable timetable, RoleLife role) {
        this.timetable = timetable;
        this.role = role;
    }

    void start() {
        thread = Thread.ofVirtual().name("schedule").start(this::run);
    }

    /** Has it look at once. Any thread. */
    void lookSoon() {
        due.release();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                if (due.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    int _ = due.drainPermits();
                    rests = 0;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Brings about what is wanted, if that is another. */
    void look() throws InterruptedException {
        Optional<Boolean> wanted = timetable.wanted();
        if (wanted.isEmpty() || wanted.orElseThrow().equals(kept)) {
            kept = wanted.orElse(null);
        } else if (rests > 0 && wanted.orElseThrow()) {
            rests--;
        } else {
            bringAbout(wanted.orElseThrow());
        }
    }

    private void bringAbout(boolean on) throws InterruptedException {
        try {
            if (on) {
                RoleStatus _ = role.enable();
            } else {
                RoleStatus _ = role.disable();
            }
            kept = on;
            rests = 0;
        } catch (RefusedException e) {
            LOG.warn("the schedule could not switch sharing on: {}", e.getMessage());
            rests = LOOKS_BETWEEN_ATTEMPTS - 1;
        } catch (RuntimeException e) {
            // The end of the hours must come nevertheless: it is tried again at the next look.
            LOG.error("the schedule could not switch sharing {}", on ? "on" : "off", e);
            rests = LOOKS_BETWEEN_ATTEMPTS - 1;
        }
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}

package org.flowshield.node.role;

import java.time.Instant;
import java.util.Optional;
import org.flowshield.node.api.schedule.Scheduling;

/** When a role is to be on. Safe for use by any thread. */
public interface Timetable extends Scheduling {

    /** Whether it is to be on now, by the hours or by hand; empty: nobody says. */
    Optional<Boolean> wanted();

    /** When the hours begin, or end, the next time; empty: never, or they are not followed. */
    Optional<Instant> next(boolean begin);

    /** Somebody has switched it. That holds until the hours change, also over a restart. */
    void byHand(boolean on);

    /** Tells that {@link #wanted} may be another; the listener must not wait. */
    void onChange(Runnable listener);
}

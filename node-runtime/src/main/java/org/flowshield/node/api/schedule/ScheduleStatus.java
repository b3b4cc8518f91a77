package org.flowshield.node.api.schedule;

import java.time.Instant;
import org.flowshield.node.hours.WeeklyHours;
import org.jspecify.annotations.Nullable;

/**
 * In which hours a node sells. Immutable.
 *
 * @param enabled whether the provider role follows the hours
 * @param hours in the machine's local time; kept while they are not followed
 * @param zone that the machine is in, such as {@code Europe/Berlin}
 * @param on whether the role is to be on now, by the hours or by hand; null while they are not
 *     followed
 * @param byHand whether somebody has switched it otherwise than the hours say, which holds until
 *     they change
 * @param nextChange when the hours begin or end the next time; null: never, or they are not
 *     followed
 */
public record ScheduleStatus(
        boolean enabled,
        WeeklyHours hours,
        String zone,
        @Nullable Boolean on,
        boolean byHand,
        @Nullable Instant nextChange) {}

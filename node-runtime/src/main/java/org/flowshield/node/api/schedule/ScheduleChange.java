package org.flowshield.node.api.schedule;

import org.flowshield.node.hours.WeeklyHours;
import org.jspecify.annotations.Nullable;

/**
 * Another schedule; what is null stays as it is. Immutable.
 *
 * @param enabled whether the provider role follows the hours
 * @param hours in the machine's local time
 */
public record ScheduleChange(@Nullable Boolean enabled, @Nullable WeeklyHours hours) {}

package org.flowshield.app.share;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * On which hours of the week bandwidth is shared, in local time. Immutable.
 *
 * @param days those that something begins on
 */
public record Schedule(Map<DayOfWeek, Hours> days) {

    /** Nights and weekends, to begin with. */
    public static final Schedule USUAL = usual();

    /**
     * Hours of a day. Immutable.
     *
     * @param from 0 to 23
     * @param to 0 to 23, the hour that it ends with; not after {@code from}: on the next day
     */
    public record Hours(int from, int to) {

        public Hours {
            if (from < 0 || from > 23 || to < 0 || to > 23) {
                throw new IllegalArgumentException("a day has the hours 0 to 23");
            }
        }

        private boolean endsNextDay() {
            return to <= from;
        }
    }

    public Schedule {
        Map<DayOfWeek, Hours> copy = new EnumMap<>(DayOfWeek.class);
        copy.putAll(days);
        days = Collections.unmodifiableMap(copy);
    }

    private static Schedule usual() {
        Map<DayOfWeek, Hours> days = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            days.put(day, new Hours(22, 7));
        }
        return new Schedule(days);
    }

    /** Whether sharing is to be on then. */
    public boolean isOn(LocalDateTime now) {
        Hours today = days.get(now.getDayOfWeek());
        Hours yesterday = days.get(now.getDayOfWeek().minus(1));
        int hour = now.getHour();
        boolean begunToday =
                today != null && hour >= today.from() && (today.endsNextDay() || hour < today.to());
        boolean begunYesterday =
                yesterday != null && yesterday.endsNextDay() && hour < yesterday.to();
        return begunToday || begunYesterday;
    }

    /** With other hours on a day; null: nothing begins on it. */
    public Schedule with(DayOfWeek day, @org.jspecify.annotations.Nullable Hours hours) {
        Map<DayOfWeek, Hours> changed = new EnumMap<>(DayOfWeek.class);
        changed.putAll(days);
        if (hours == null) {
            changed.remove(day);
        } else {
            changed.put(day, hours);
        }
        return new Schedule(changed);
    }
}

package org.flowshield.node.hours;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours of a day, in whole ones. Immutable. Written {@code 9-17}, or {@code 22-7} for those that
 * end on the next day.
 *
 * @param from 0 to 23
 * @param to 0 to 23, the hour that it ends with; not after {@code from}: on the next day, so that
 *     from an hour to the same is 24 hours
 */
public record Hours(int from, int to) {

    private static final int A_DAY = 24;

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,2})-(\\d{1,2})");

    public Hours {
        if (from < 0 || from >= A_DAY || to < 0 || to >= A_DAY) {
            throw new IllegalArgumentException("a day has the hours 0 to 23");
        }
    }

    /** Reads them; midnight at the end may be written 24. */
    public static Hours parse(String text) throws MalformedHoursException {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new MalformedHoursException("'" + text + "' names no hours such as 22-7");
        }
        int from = Integer.parseInt(written.group(1));
        int to = Integer.parseInt(written.group(2));
        if (from >= A_DAY || to > A_DAY) {
            throw new MalformedHoursException(
                    "hours go from 0 to 23, and end with 24 at the latest, not '" + text + "'");
        }
        return new Hours(from, to % A_DAY);
    }

    /** Whether they end on the day after the one that they begin on, be it at its first moment. */
    public boolean endsNextDay() {
        return to <= from;
    }

    /** Whether they are 24. */
    public boolean lastsADay() {
        return to == from;
    }

    /** Whether they are on at an hour of the day that they began on. */
    boolean isOnToday(int hour) {
        return hour >= from && (endsNextDay() || hour < to);
    }

    /** Whether they are on at an hour of the day after. */
    boolean isOnTomorrow(int hour) {
        return endsNextDay() && hour < to;
    }

    /** As {@link #parse} reads them. */
    @Override
    public String toString() {
        return from + "-" + (to == 0 ? A_DAY : to);
    }
}

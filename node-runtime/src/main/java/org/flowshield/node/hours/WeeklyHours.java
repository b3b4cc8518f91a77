package org.flowshield.node.hours;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hours of each day of the week, in local time. Immutable, and pure: moments and zones are told to
 * it. Written {@code mon-fri=22-7,sat=10-24}, or {@code never}.
 *
 * <p>What counts is the clock on the wall. Where it is put forward, hours that it leaves out are
 * not there: what begins in them begins when they are over, and what lies within them is not on at
 * all. Where it is put back, an hour that comes twice is on twice.
 *
 * @param days those that something begins on
 */
public record WeeklyHours(Map<DayOfWeek, Hours> days) {

    /** No hour of no day. */
    public static final WeeklyHours NEVER = new WeeklyHours(Map.of());

    /** Each day of its own, with spaces: nobody writes more. */
    private static final int MAX_CHARS = 256;

    private static final String NOTHING = "never";

    private static final Pattern ENTRY =
            Pattern.compile("([a-z]{3})(?:-([a-z]{3}))?=(\\d{1,2}-\\d{1,2})");

    /**
     * The hours of two weeks, and places where the clock is put: what has not changed by then does
     * not, even where an hour that was left out was the only one of a week.
     */
    private static final int MOST_STEPS = 15 * 24 + 8;

    public WeeklyHours {
        Map<DayOfWeek, Hours> copy = new EnumMap<>(DayOfWeek.class);
        copy.putAll(days);
        days = Collections.unmodifiableMap(copy);
    }

    /** The same hours on every day. */
    public static WeeklyHours daily(Hours hours) {
        Map<DayOfWeek, Hours> days = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            days.put(day, hours);
        }
        return new WeeklyHours(days);
    }

    /** With other hours on a day; null: nothing begins on it. */
    public WeeklyHours with(DayOfWeek day, @Nullable Hours hours) {
        Map<DayOfWeek, Hours> changed = new EnumMap<>(DayOfWeek.class);
        changed.putAll(days);
        if (hours == null) {
            changed.remove(day);
        } else {
            changed.put(day, hours);
        }
        return new WeeklyHours(changed);
    }

    // ---- what they mean ----

    /** Whether it is one of these hours. */
    public boolean isOn(Instant now, ZoneId zone) {
        return isOn(LocalDateTime.ofInstant(now, zone));
    }

    boolean isOn(LocalDateTime now) {
        Hours today = days.get(now.getDayOfWeek());
        Hours yesterday = days.get(now.getDayOfWeek().minus(1));
        return (today != null && today.isOnToday(now.getHour()))
                || (yesterday != null && yesterday.isOnTomorrow(now.getHour()));
    }

    /** When they begin or end the next time; empty: they never do. */
    public Optional<Instant> nextChange(Instant now, ZoneId zone) {
        boolean before = isOn(now, zone);
        Instant at = now;
        for (int step = 0; step < MOST_STEPS; step++) {
            at = nextHour(at, zone);
            if (isOn(at, zone) != before) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** When they begin, or end, the next time; empty: they never do. */
    public Optional<Instant> next(boolean begin, Instant now, ZoneId zone) {
        Optional<Instant> change = nextChange(now, zone);
        return change.isEmpty() || isOn(change.orElseThrow(), zone) == begin
                ? change
                : nextChange(change.orElseThrow(), zone);
    }

    /** The next full hour on the wall, or when the clock there is put before that. */
    private static Instant nextHour(Instant now, ZoneId zone) {
        ZoneOffset offset = zone.getRules().getOffset(now);
        Instant hour =
                LocalDateTime.ofInstant(now, offset)
                        .truncatedTo(ChronoUnit.HOURS)
                        .plusHours(1)
                        .toInstant(offset);
        ZoneOffsetTransition put = zone.getRules().nextTransition(now);
        return put != null && put.getInstant().isBefore(hour) ? put.getInstant() : hour;
    }

    // ---- how they are written ----

    /** Reads what {@link #toString} writes; spaces after commas are allowed, and capitals. */
    public static WeeklyHours parse(String text) throws MalformedHoursException {
        String said = text.strip().toLowerCase(Locale.ROOT);
        if (said.length() > MAX_CHARS) {
            throw new MalformedHoursException(
                    "hours of a week take at most " + MAX_CHARS + " characters");
        }
        if (said.equals(NOTHING)) {
            return NEVER;
        }
        Map<DayOfWeek, Hours> days = new EnumMap<>(DayOfWeek.class);
        for (String entry : said.split(",", -1)) {
            add(days, entry.strip());
        }
        return new WeeklyHours(days);
    }

    private static void add(Map<DayOfWeek, Hours> days, String entry)
            throws MalformedHoursException {
        Matcher written = ENTRY.matcher(entry);
        if (!written.matches()) {
            throw new MalformedHoursException(
                    "'" + entry + "' names no hours such as mon-fri=22-7 or sat=0-24");
        }
        Hours hours = Hours.parse(written.group(3));
        DayOfWeek first = day(written.group(1));
        DayOfWeek last = written.group(2) == null ? first : day(written.group(2));
        DayOfWeek day = first;
        while (true) {
            if (days.put(day, hours) != null) {
                throw new MalformedHoursException(
                        "a day begins one span of hours, and " + label(day) + " is named twice");
            }
            if (day == last) {
                return;
            }
            day = day.plus(1);
        }
    }

    private static DayOfWeek day(String label) throws MalformedHoursException {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (label(day).equals(label)) {
                return day;
            }
        }
        throw new MalformedHoursException(
                "'" + label + "' is none of mon, tue, wed, thu, fri, sat, sun");
    }

    private static String label(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    /** As {@link #parse} reads them; days with the same hours are put together. */
    @Override
    public String toString() {
        List<String> entries = new ArrayList<>();
        DayOfWeek[] week = DayOfWeek.values();
        for (int at = 0; at < week.length; at++) {
            Hours hours = days.get(week[at]);
            if (hours == null) {
                continue;
            }
            int last = at;
            while (last + 1 < week.length && hours.equals(days.get(week[last + 1]))) {
                last++;
            }
            String until = last == at ? "" : "-" + label(week[last]);
            entries.add(label(week[at]) + until + "=" + hours);
            at = last;
        }
        return entries.isEmpty() ? NOTHING : String.join(",", entries);
    }
}

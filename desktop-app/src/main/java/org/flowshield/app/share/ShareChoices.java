package org.flowshield.app.share;

import org.flowshield.node.hours.Hours;
import org.flowshield.node.hours.WeeklyHours;
import org.jspecify.annotations.Nullable;

/**
 * What a person has chosen about sharing in the app; price, limit, country and hours are the
 * daemon's. Immutable.
 *
 * @param agreed they were told of liability, limits and costs, and said yes
 * @param scheduled of an app that kept hours itself: it switched sharing by them
 * @param schedule the hours of such an app; null: there are none, or the daemon has them
 */
public record ShareChoices(boolean agreed, boolean scheduled, @Nullable WeeklyHours schedule) {

    /** Nothing is shared before somebody says so. */
    public static final ShareChoices NONE = new ShareChoices(false, false, null);

    /** What is suggested for a day that has no hours. */
    static final Hours NIGHT = new Hours(22, 7);

    /** What is suggested to who has chosen no hours yet. */
    static final WeeklyHours USUAL = WeeklyHours.daily(NIGHT);

    public ShareChoices withAgreed() {
        return new ShareChoices(true, scheduled, schedule);
    }

    /** Whether there is something that the daemon does not know yet. */
    boolean hasHours() {
        return scheduled || schedule != null;
    }

    /** The hours of an app that kept them, chosen or usual. */
    WeeklyHours hours() {
        return schedule == null ? USUAL : schedule;
    }

    ShareChoices withoutHours() {
        return new ShareChoices(agreed, false, null);
    }
}

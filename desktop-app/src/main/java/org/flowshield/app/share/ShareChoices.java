package org.flowshield.app.share;

import org.jspecify.annotations.Nullable;

/**
 * What a person has chosen about sharing in the app; price, limit and country are the daemon's.
 * Immutable.
 *
 * @param agreed they were told of liability, limits and costs, and said yes
 * @param scheduled the app switches sharing by the schedule while it runs
 * @param schedule null: never looked at
 */
public record ShareChoices(boolean agreed, boolean scheduled, @Nullable Schedule schedule) {

    /** Nothing is shared before somebody says so. */
    public static final ShareChoices NONE = new ShareChoices(false, false, null);

    public ShareChoices withAgreed() {
        return new ShareChoices(true, scheduled, schedule);
    }

    public ShareChoices withScheduled(boolean on) {
        return new ShareChoices(agreed, on, plan());
    }

    public ShareChoices withSchedule(Schedule changed) {
        return new ShareChoices(agreed, scheduled, changed);
    }

    /** The hours, chosen or usual. */
    public Schedule plan() {
        return schedule == null ? Schedule.USUAL : schedule;
    }
}

package org.flowshield.app.connect;

import org.jspecify.annotations.Nullable;

/**
 * What a connection would cost, in words, before anybody has agreed. Immutable.
 *
 * @param provider its name
 * @param price for each GiB
 * @param deposit that connecting locks in a channel; null: none
 * @param cap the most that a session may cost; null: not known
 * @param warning what to know before paying it; null: all is well
 */
record Offer(
        String provider,
        String price,
        @Nullable String deposit,
        @Nullable String cap,
        @Nullable String warning) {}

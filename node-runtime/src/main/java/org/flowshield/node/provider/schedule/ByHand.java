package org.flowshield.node.provider.schedule;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What somebody switched against the hours. Immutable. Written {@code off until
 * 2026-11-30T22:00:00Z}, or {@code off} where the hours never change.
 *
 * @param on how it was switched
 * @param until when the hours change, as they were and where the machine was; empty: never
 */
record ByHand(boolean on, Optional<Instant> until) {

    private static final String UNTIL = " until ";

    boolean holds(Instant now) {
        return until.map(now::isBefore).orElse(true);
    }

    /** The same, with an earlier end. */
    ByHand atMost(Optional<Instant> end) {
        return new ByHand(
                on,
                until.isPresent() && end.isPresent() && until.get().isBefore(end.get())
                        ? until
                        : end.or(() -> until));
    }

    /**
     * @throws IllegalArgumentException for what is not written so
     */
    static ByHand parse(String text) {
        int at = text.indexOf(UNTIL);
        String state = at < 0 ? text : text.substring(0, at);
        if (!state.equals("on") && !state.equals("off")) {
            throw new IllegalArgumentException("'" + text + "' is neither on nor off");
        }
        try {
            return new ByHand(
                    state.equals("on"),
                    at < 0
                            ? Optional.empty()
                            : Optional.of(Instant.parse(text.substring(at + UNTIL.length()))));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' names no moment", e);
        }
    }

    @Override
    public String toString() {
        return (on ? "on" : "off") + until.map(moment -> UNTIL + moment).orElse("");
    }
}

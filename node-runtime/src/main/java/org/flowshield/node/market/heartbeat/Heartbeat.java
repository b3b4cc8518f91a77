package org.flowshield.node.market.heartbeat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.flowshield.contracts.evm.Bytes32;

/**
 * A provider's sign of life. Immutable; heartbeat.proto says what each part means.
 *
 * @param offerHash of the offer that holds now
 * @param sentAt to the millisecond, by the provider's clock
 * @param sequence greater in each later one of the node
 * @param sessions that are open
 * @param freeBitsPerSecond what a new session could get, by the node's own word
 */
public record Heartbeat(
        Bytes32 offerHash, Instant sentAt, long sequence, int sessions, long freeBitsPerSecond) {

    /** More than any address pool holds. */
    public static final int MAX_SESSIONS = 1 << 16;

    /** Above a petabit per second nobody is to be believed. */
    static final long MAX_RATE = 1L << 50;

    /** The milliseconds of this protocol end in the year 37,648. */
    static final long MAX_TIME = 1L << 50;

    /**
     * Holds what a provider says.
     *
     * @throws IllegalArgumentException if no provider could say so
     */
    public Heartbeat {
        sentAt = sentAt.truncatedTo(ChronoUnit.MILLIS);
        long millis = sentAt.toEpochMilli();
        if (millis < 0
                || millis >= MAX_TIME
                || sequence < 0
                || sessions < 0
                || sessions > MAX_SESSIONS
                || freeBitsPerSecond < 0
                || freeBitsPerSecond >= MAX_RATE) {
            throw new IllegalArgumentException(
                    "no heartbeat: at %s, number %d, %d sessions, %d bit/s"
                            .formatted(sentAt, sequence, sessions, freeBitsPerSecond));
        }
    }
}

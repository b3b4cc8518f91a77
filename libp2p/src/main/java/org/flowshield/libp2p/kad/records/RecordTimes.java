package org.flowshield.libp2p.kad.records;

import java.time.Duration;

/**
 * How long records last.
 *
 * @param value a value, from when it was received
 * @param provider who provides what, from when it was said
 * @param republish our own of both kinds are told again after this long
 */
public record RecordTimes(Duration value, Duration provider, Duration republish) {

    /** The specification's for providers; values as go-libp2p-kad-dht keeps them. */
    public static final RecordTimes DEFAULT =
            new RecordTimes(Duration.ofDays(2), Duration.ofHours(48), Duration.ofHours(22));
}

package org.flowshield.node.market.heartbeat;

import java.time.Duration;
import java.time.Instant;

/** Whether a provider is there, by when it was last heard of. Immutable. */
public sealed interface Liveness {

    /** Heartbeats come each 10 s: two of them may be lost on the way. */
    Duration ONLINE = Duration.ofSeconds(35);

    /** For so long it may be back soon; then it is shown no more. */
    Duration STALE = Duration.ofMinutes(10);

    /** When it was last heard of. */
    Instant heardAt();

    /** It was heard of just now. */
    record Online(Instant heardAt) implements Liveness {}

    /** It has missed heartbeats. */
    record Stale(Instant heardAt) implements Liveness {}

    /** It is gone. */
    record Offline(Instant heardAt) implements Liveness {}

    /** By our own clock: what the provider's says does not keep it alive. */
    static Liveness of(Instant heardAt, Instant now) {
        Duration silence = Duration.between(heardAt, now);
        if (silence.compareTo(ONLINE) < 0) {
            return new Online(heardAt);
        }
        return silence.compareTo(STALE) < 0 ? new Stale(heardAt) : new Offline(heardAt);
    }
}

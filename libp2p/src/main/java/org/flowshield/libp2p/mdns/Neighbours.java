package org.flowshield.libp2p.mdns;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowshield.libp2p.peer.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is told of: each peer once, and again when it says something else or after a while.
 * Whoever floods the network with names gets few of them heard. Not safe for several threads.
 */
final class Neighbours {

    /** More peers of one household or office are not of use; the oldest gives way. */
    static final int MAX = 64;

    /** A connection that was lost is tried again in time. */
    static final Duration AGAIN = Duration.ofMinutes(5);

    /** So many may be told at once, */
    static final int BURST = 32;

    /** and one more for each of these. */
    static final Duration REFILL = Duration.ofSeconds(10);

    private record Told(Neighbour neighbour, Instant when) {}

    private final PeerId self;
    private final Map<PeerId, Told> told = new LinkedHashMap<>();
    private Instant fullSince;

    Neighbours(PeerId self, Instant now) {
        this.self = self;
        this.fullSince = now;
    }

    /** True if it is to be told of now. */
    boolean isNews(Neighbour neighbour, Instant now) {
        if (neighbour.peer().equals(self)) {
            return false;
        }
        @Nullable Told before = told.get(neighbour.peer());
        if (before != null
                && before.neighbour().equals(neighbour)
                && before.when().plus(AGAIN).isAfter(now)) {
            return false;
        }
        if (!take(now)) {
            return false;
        }
        told.remove(neighbour.peer());
        told.put(neighbour.peer(), new Told(neighbour, now));
        if (told.size() > MAX) {
            told.remove(told.keySet().iterator().next());
        }
        return true;
    }

    /** A bucket, kept as the time at which it will be full. */
    private boolean take(Instant now) {
        Instant since = fullSince.isAfter(now) ? fullSince : now;
        if (Duration.between(now, since).compareTo(REFILL.multipliedBy(BURST - 1)) > 0) {
            return false;
        }
        fullSince = since.plus(REFILL);
        return true;
    }
}

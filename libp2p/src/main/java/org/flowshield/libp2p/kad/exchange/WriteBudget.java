package org.flowshield.libp2p.kad.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowshield.libp2p.peer.PeerId;
import org.jspecify.annotations.Nullable;

/** How much each peer may still write here: a token bucket for each. Safe for any thread. */
final class WriteBudget {

    /** A peer that tells again of all that it provides. */
    static final int BURST = 256;

    /** Lasting; a peer may have some 1,000 records that it renews every 22 hours. */
    static final Duration REFILL = Duration.ofSeconds(1);

    /** Of so many peers the budgets are known; who was silent for longest has a full one again. */
    static final int MAX_PEERS = 4_096;

    private record Bucket(int tokens, Instant filled) {}

    /** Guarded by this. */
    private final LinkedHashMap<PeerId, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    synchronized boolean take(PeerId peer, Instant now) {
        @Nullable Bucket known = buckets.get(peer);
        Bucket full = known == null ? new Bucket(BURST, now) : refilled(known, now);
        buckets.put(peer, new Bucket(Math.max(0, full.tokens() - 1), full.filled()));
        if (buckets.size() > MAX_PEERS) {
            Map.Entry<PeerId, Bucket> eldest = buckets.firstEntry();
            buckets.remove(eldest.getKey());
        }
        return full.tokens() > 0;
    }

    private static Bucket refilled(Bucket known, Instant now) {
        long earned = Math.max(0, Duration.between(known.filled(), now).dividedBy(REFILL));
        return new Bucket(
                (int) Math.min(BURST, known.tokens() + earned),
                known.filled().plus(REFILL.multipliedBy(earned)));
    }
}

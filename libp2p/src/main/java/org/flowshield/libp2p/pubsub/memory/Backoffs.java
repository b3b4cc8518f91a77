package org.flowshield.libp2p.pubsub.memory;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.jspecify.annotations.Nullable;

/** Until when which peer stays out of which mesh. For one thread. */
public final class Backoffs {

    /** Peers of one topic; beyond it new ones are not remembered, and their GRAFTs not blamed. */
    public static final int MAX_PER_TOPIC = 8_192;

    /** A back-off that a peer names is cut to this: it would not help it to say more. */
    public static final long MAX_NANOS = 3_600_000_000_000L;

    /**
     * A peer's time outside.
     *
     * @param pruned when it began
     * @param until when it ends
     */
    public record Backoff(long pruned, long until) {}

    private final Map<Topic, Map<PeerId, Backoff>> topics = new HashMap<>();

    /** Begins a back-off; a longer one that runs already stays. */
    public void begin(Topic topic, PeerId peer, long nanos, long now) {
        Map<PeerId, Backoff> peers = topics.computeIfAbsent(topic, first -> new HashMap<>());
        Backoff known = peers.get(peer);
        if (known == null && peers.size() >= MAX_PER_TOPIC) {
            return;
        }
        long until = now + Math.min(nanos, MAX_NANOS);
        peers.put(peer, new Backoff(now, known == null ? until : Math.max(known.until(), until)));
    }

    /** The back-off that has not ended. */
    public @Nullable Backoff current(Topic topic, PeerId peer, long now) {
        Backoff known = topics.getOrDefault(topic, Map.of()).get(peer);
        return known != null && known.until() - now > 0 ? known : null;
    }

    public boolean holds(Topic topic, PeerId peer, long now) {
        return current(topic, peer, now) != null;
    }

    public void expire(long now) {
        Iterator<Map<PeerId, Backoff>> all = topics.values().iterator();
        while (all.hasNext()) {
            Map<PeerId, Backoff> peers = all.next();
            peers.values().removeIf(backoff -> backoff.until() - now <= 0);
            if (peers.isEmpty()) {
                all.remove();
            }
        }
    }
}

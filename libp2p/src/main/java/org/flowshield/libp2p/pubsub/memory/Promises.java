package org.flowshield.libp2p.pubsub.memory;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.wire.MessageId;

/** What peers said they have and were asked for. For one thread. */
public final class Promises {

    /** Messages that are waited for; beyond it nobody is held to a promise. */
    public static final int MAX = 16_384;

    private final Map<MessageId, Map<PeerId, Long>> promises = new HashMap<>();

    public void expect(MessageId id, PeerId peer, long until) {
        if (promises.size() < MAX || promises.containsKey(id)) {
            promises.computeIfAbsent(id, first -> new HashMap<>()).putIfAbsent(peer, until);
        }
    }

    /** The message came, from whomever. */
    public void kept(MessageId id) {
        promises.remove(id);
    }

    public void forget(PeerId peer) {
        promises.values().forEach(peers -> peers.remove(peer));
        promises.values().removeIf(Map::isEmpty);
    }

    /** How many promises each peer has broken since the last time. */
    public Map<PeerId, Integer> broken(long now) {
        Map<PeerId, Integer> counts = new HashMap<>();
        Iterator<Map<PeerId, Long>> all = promises.values().iterator();
        while (all.hasNext()) {
            Map<PeerId, Long> peers = all.next();
            peers.entrySet()
                    .removeIf(
                            promise -> {
                                boolean over = promise.getValue() - now < 0;
                                if (over) {
                                    counts.merge(promise.getKey(), 1, Integer::sum);
                                }
                                return over;
                            });
            if (peers.isEmpty()) {
                all.remove();
            }
        }
        return counts;
    }
}

package org.flowshield.libp2p.pubsub.mesh;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.memory.PeerRates;
import org.flowshield.libp2p.pubsub.memory.TokenBucket;
import org.flowshield.libp2p.pubsub.wire.MessageId;
import org.flowshield.libp2p.pubsub.wire.Topic;

/** What the router knows of one connected peer. For one thread. */
final class PeerState {

    /** Topics of one peer that are kept; those beyond it are not heeded. */
    static final int MAX_TOPICS = 512;

    /** Ids of unwanted messages that a peer may tell in one heartbeat (js-libp2p). */
    static final int MAX_UNWANTED = 512;

    /** For how many heartbeats they are kept (go-libp2p). */
    static final int UNWANTED_TICKS = 3;

    final PeerId id;
    final Version version;
    final boolean dialled;
    final Set<Topic> topics = new HashSet<>();
    final TokenBucket units;
    final TokenBucket bytes;

    /** Since the last heartbeat. */
    int ihaves;

    /** Since the last heartbeat. */
    int asked;

    /** Since the last heartbeat. */
    int servedBytes;

    /** Since the last heartbeat. */
    private int unwantedTold;

    /** Messages of this peer's on their way to a verdict. */
    int pending;

    /** By the heartbeat of their coming. */
    private final Map<MessageId, Long> unwanted = new HashMap<>();

    PeerState(PeerId id, Version version, boolean dialled, PeerRates rates, long now) {
        this.id = id;
        this.version = version;
        this.dialled = dialled;
        this.units = new TokenBucket(rates.unitsPerSecond(), rates.unitBurst(), now);
        this.bytes = new TokenBucket(rates.bytesPerSecond(), rates.byteBurst(), now);
    }

    void subscribe(Topic topic) {
        if (topics.size() < MAX_TOPICS) {
            topics.add(topic);
        }
    }

    /** Remembers what the peer does not want; gives how many ids were too many. */
    int doesNotWant(List<MessageId> ids, long tick) {
        int surplus = 0;
        for (MessageId id : ids) {
            if (unwantedTold++ < MAX_UNWANTED) {
                unwanted.put(id, tick);
            } else {
                surplus++;
            }
        }
        return surplus;
    }

    boolean wants(MessageId id) {
        return !unwanted.containsKey(id);
    }

    void heartbeat(long tick) {
        ihaves = 0;
        asked = 0;
        servedBytes = 0;
        unwantedTold = 0;
        Iterator<Long> told = unwanted.values().iterator();
        while (told.hasNext()) {
            if (tick - told.next() >= UNWANTED_TICKS) {
                told.remove();
            }
        }
    }
}

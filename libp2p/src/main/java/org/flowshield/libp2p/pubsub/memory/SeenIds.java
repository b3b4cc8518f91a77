package org.flowshield.libp2p.pubsub.memory;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowshield.libp2p.pubsub.wire.MessageId;

/** The messages that were decided on of late. For one thread. */
public final class SeenIds {

    /** 2,000 messages a second for two minutes; the oldest gives way. */
    public static final int MAX = 262_144;

    private final long ttl;
    private final Map<MessageId, Long> times = new LinkedHashMap<>();

    public SeenIds(long ttlNanos) {
        this.ttl = ttlNanos;
    }

    public boolean contains(MessageId id) {
        return times.containsKey(id);
    }

    /** False if it was there. */
    public boolean add(MessageId id, long now) {
        if (times.putIfAbsent(id, now) != null) {
            return false;
        }
        if (times.size() > MAX) {
            Iterator<MessageId> oldest = times.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }

    public void expire(long now) {
        Iterator<Long> oldest = times.values().iterator();
        while (oldest.hasNext() && now - oldest.next() > ttl) {
            oldest.remove();
        }
    }
}

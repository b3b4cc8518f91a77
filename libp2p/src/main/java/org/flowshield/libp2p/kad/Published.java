package org.flowshield.libp2p.kad;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.kad.wire.ValueRecord;

/**
 * What this node has put or provides itself, and when to tell it again. Safe for use by any thread.
 */
final class Published {

    /** One node's own records; each is told again to some thirty peers every 22 hours. */
    static final int MAX = 1_024;

    /**
     * @param value empty if it is provided
     */
    record Own(RecordKey key, Optional<ValueRecord> value) {}

    private final Duration interval;

    /** Guarded by this: when each is due. */
    private final LinkedHashMap<Own, Instant> due = new LinkedHashMap<>();

    Published(Duration interval) {
        this.interval = interval;
    }

    /**
     * Notes what was told just now.
     *
     * @throws IllegalStateException if there are too many
     */
    synchronized void told(Own own, Instant now) {
        due.keySet()
                .removeIf(
                        one ->
                                one.key().equals(own.key())
                                        && one.value().isPresent() == own.value().isPresent());
        if (due.size() >= MAX) {
            throw new IllegalStateException("a node publishes at most " + MAX + " records");
        }
        due.put(own, now.plus(interval));
    }

    /** Nothing more of this key will be told by itself. */
    synchronized void forget(RecordKey key) {
        due.keySet().removeIf(own -> own.key().equals(key));
    }

    /** What is to be told again now. */
    synchronized List<Own> due(Instant now) {
        return due.entrySet().stream()
                .filter(one -> !one.getValue().isAfter(now))
                .map(java.util.Map.Entry::getKey)
                .toList();
    }
}

package org.flowshield.libp2p.kad.records;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.flowshield.libp2p.kad.routing.KadId;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.kad.wire.ValueRecord;
import org.flowshield.libp2p.peer.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in memory. When it is full, the key that is farthest from us gives way to a nearer
 * one: that is the one which others keep as well. Safe for use by any thread.
 */
public final class MemoryRecords implements RecordStore {

    /**
     * The bounds.
     *
     * @param values how many values
     * @param valueBytes how many bytes they have together
     * @param providerKeys for how many keys providers are known
     * @param providersPerKey of one key; the one that spoke longest ago gives way
     * @param keysPerProvider of one peer; beyond it nothing more is kept of it
     */
    public record Bounds(
            int values,
            long valueBytes,
            int providerKeys,
            int providersPerKey,
            int keysPerProvider) {

        /** Some 40 MiB at worst: 16 MiB of values, and providers with a few addresses each. */
        public static final Bounds DEFAULT =
                new Bounds(16_384, 16L * 1024 * 1024, 16_384, 128, 1_024);
    }

    private record Kept(ValueRecord record, Instant expiry) {}

    private record Provider(PeerInfo info, Instant expiry) {}

    private final Bounds bounds;

    /** Guarded by this, as are the others: nearest first. */
    private final TreeMap<KadId, Kept> values;

    private final TreeMap<KadId, LinkedHashMap<PeerId, Provider>> providers;
    private final Map<PeerId, Integer> keysOf = new HashMap<>();
    private long valueBytes;

    public MemoryRecords(KadId self, Bounds bounds) {
        this.bounds = bounds;
        this.values = new TreeMap<>(KadId.nearestTo(self));
        this.providers = new TreeMap<>(KadId.nearestTo(self));
    }

    @Override
    public synchronized Optional<ValueRecord> value(RecordKey key, Instant now) {
        return Optional.ofNullable(values.get(KadId.of(key)))
                .filter(kept -> kept.expiry().isAfter(now))
                .map(Kept::record);
    }

    @Override
    public synchronized boolean put(ValueRecord record, Instant expiry, Instant now) {
        KadId id = KadId.of(record.key());
        forget(id);
        int size = record.value().length;
        while (values.size() >= bounds.values() || valueBytes + size > bounds.valueBytes()) {
            if (values.isEmpty() || isFartherThanAll(id, values)) {
                return false;
            }
            forget(values.lastKey());
        }
        values.put(id, new Kept(record, expiry));
        valueBytes += size;
        return true;
    }

    private void forget(KadId id) {
        @Nullable Kept kept = values.remove(id);
        if (kept != null) {
            valueBytes -= kept.record().value().length;
        }
    }

    private static boolean isFartherThanAll(KadId id, NavigableMap<KadId, ?> known) {
        return known.tailMap(id, false).isEmpty();
    }

    @Override
    public synchronized List<PeerInfo> providers(RecordKey key, Instant now) {
        @Nullable LinkedHashMap<PeerId, Provider> known = providers.get(KadId.of(key));
        if (known == null) {
            return List.of();
        }
        List<PeerInfo> current = new ArrayList<>();
        for (Provider one : known.sequencedValues().reversed()) {
            if (one.expiry().isAfter(now)) {
                current.add(one.info());
            }
        }
        return List.copyOf(current);
    }

    @Override
    public synchronized boolean addProvider(
            RecordKey key, PeerInfo provider, Instant expiry, Instant now) {
        KadId id = KadId.of(key);
        removeProvider(key, provider.peer());
        if (keysOf.getOrDefault(provider.peer(), 0) >= bounds.keysPerProvider()) {
            return false;
        }
        if (!providers.containsKey(id) && providers.size() >= bounds.providerKeys()) {
            if (isFartherThanAll(id, providers)) {
                return false;
            }
            providers.pollLastEntry().getValue().keySet().forEach(this::oneKeyLess);
        }
        LinkedHashMap<PeerId, Provider> known =
                providers.computeIfAbsent(id, _ -> new LinkedHashMap<>());
        if (known.size() >= bounds.providersPerKey()) {
            oneKeyLess(known.pollFirstEntry().getKey());
        }
        known.putLast(provider.peer(), new Provider(provider, expiry));
        keysOf.merge(provider.peer(), 1, Integer::sum);
        return true;
    }

    @Override
    public synchronized void removeProvider(RecordKey key, PeerId provider) {
        KadId id = KadId.of(key);
        @Nullable LinkedHashMap<PeerId, Provider> known = providers.get(id);
        if (known != null && known.remove(provider) != null) {
            oneKeyLess(provider);
            if (known.isEmpty()) {
                providers.remove(id);
            }
        }
    }

    private void oneKeyLess(PeerId provider) {
        keysOf.computeIfPresent(provider, (_, keys) -> keys == 1 ? null : keys - 1);
    }

    @Override
    public synchronized void expire(Instant now) {
        values.entrySet().stream()
                .filter(one -> !one.getValue().expiry().isAfter(now))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::forget);
        providers
                .values()
                .forEach(
                        known ->
                                known.values()
                                        .removeIf(
                                                one -> {
                                                    boolean over = !one.expiry().isAfter(now);
                                                    if (over) {
                                                        oneKeyLess(one.info().peer());
                                                    }
                                                    return over;
                                                }));
        providers.values().removeIf(Map::isEmpty);
    }
}

package org.flowshield.libp2p.kad.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.flowshield.libp2p.kad.SomePeers;
import org.flowshield.libp2p.kad.routing.KadId;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.kad.wire.ValueRecord;
import org.junit.jupiter.api.Test;

final class MemoryRecordsTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofDays(2));

    private final Random random = new Random(4);
    private final KadId self = KadId.of(SomePeers.id(random));
    private final MemoryRecords records =
            new MemoryRecords(self, new MemoryRecords.Bounds(3, 100, 3, 2, 2));

    private static ValueRecord value(RecordKey key, int size) {
        return new ValueRecord(key, new byte[size]);
    }

    /** Keys, the nearest to us first. */
    private List<RecordKey> keys(int count) {
        List<RecordKey> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(RecordKey.ofName("/v/" + i));
        }
        keys.sort(Comparator.comparing(KadId::of, KadId.nearestTo(self)));
        return keys;
    }

    @Test
    void keeps_a_value_until_it_expires() {
        ValueRecord record = value(RecordKey.ofName("/v/x"), 5);
        assertThat(records.put(record, LATER, NOW)).isTrue();
        assertThat(records.value(record.key(), LATER.minusNanos(1))).contains(record);
        assertThat(records.value(record.key(), LATER)).isEmpty();
        records.expire(LATER);
        assertThat(records.value(record.key(), NOW)).isEmpty();
    }

    @Test
    void the_farthest_value_gives_way_to_a_nearer_one() {
        List<RecordKey> keys = keys(5);
        for (RecordKey key : List.of(keys.get(1), keys.get(2), keys.get(3))) {
            assertThat(records.put(value(key, 1), LATER, NOW)).isTrue();
        }
        assertThat(records.put(value(keys.get(4), 1), LATER, NOW)).isFalse();
        assertThat(records.put(value(keys.get(0), 1), LATER, NOW)).isTrue();
        assertThat(keys.stream().map(key -> records.value(key, NOW).isPresent()))
                .containsExactly(true, true, true, false, false);
    }

    @Test
    void the_bytes_of_all_values_are_bounded() {
        List<RecordKey> keys = keys(2);
        assertThat(records.put(value(keys.get(0), 101), LATER, NOW)).isFalse();
        assertThat(records.put(value(keys.get(1), 60), LATER, NOW)).isTrue();
        assertThat(records.put(value(keys.get(1), 90), LATER, NOW)).as("in its place").isTrue();
        assertThat(records.put(value(keys.get(0), 60), LATER, NOW)).isTrue();
        assertThat(records.value(keys.get(1), NOW)).isEmpty();
    }

    @Test
    void tells_the_latest_provider_first_and_forgets_the_earliest() {
        RecordKey key = RecordKey.ofName("x");
        List<PeerInfo> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(SomePeers.info(random, SomePeers.ip(i)));
            assertThat(records.addProvider(key, all.get(i), LATER, NOW)).isTrue();
        }
        assertThat(records.providers(key, NOW)).containsExactly(all.get(2), all.get(1));
        records.addProvider(key, all.get(1), LATER.plusSeconds(1), NOW);
        assertThat(records.providers(key, NOW)).containsExactly(all.get(1), all.get(2));
        assertThat(records.providers(key, LATER)).containsExactly(all.get(1));
        records.expire(LATER);
        assertThat(records.providers(key, NOW)).containsExactly(all.get(1));
        records.removeProvider(key, all.get(1).peer());
        assertThat(records.providers(key, NOW)).isEmpty();
    }

    @Test
    void a_peer_provides_a_bounded_number_of_keys() {
        PeerInfo greedy = SomePeers.info(random, "1.2.3.4");
        List<RecordKey> keys = keys(3);
        assertThat(records.addProvider(keys.get(0), greedy, LATER, NOW)).isTrue();
        assertThat(records.addProvider(keys.get(1), greedy, LATER, NOW)).isTrue();
        assertThat(records.addProvider(keys.get(1), greedy, LATER, NOW)).as("again").isTrue();
        assertThat(records.addProvider(keys.get(2), greedy, LATER, NOW)).isFalse();
        records.expire(LATER);
        assertThat(records.addProvider(keys.get(2), greedy, LATER.plusSeconds(1), LATER)).isTrue();
    }

    @Test
    void the_farthest_provided_key_gives_way_to_a_nearer_one() {
        List<RecordKey> keys = keys(5);
        for (RecordKey key : List.of(keys.get(1), keys.get(2), keys.get(3))) {
            records.addProvider(key, SomePeers.info(random, "1.2.3.4"), LATER, NOW);
        }
        PeerInfo provider = SomePeers.info(random, "1.2.3.4");
        assertThat(records.addProvider(keys.get(4), provider, LATER, NOW)).isFalse();
        assertThat(records.addProvider(keys.get(0), provider, LATER, NOW)).isTrue();
        assertThat(records.providers(keys.get(3), NOW)).isEmpty();
    }
}

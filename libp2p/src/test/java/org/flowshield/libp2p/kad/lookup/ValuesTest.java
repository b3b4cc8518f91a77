package org.flowshield.libp2p.kad.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.flowshield.libp2p.kad.SomePeers;
import org.flowshield.libp2p.kad.records.GreatestValue;
import org.flowshield.libp2p.kad.records.PublicKeys;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.kad.wire.ValueRecord;
import org.junit.jupiter.api.Test;

final class ValuesTest {

    private static final RecordKey KEY = RecordKey.ofName("/v/x");

    private final Random random = new Random(3);
    private final PeerInfo a = SomePeers.info(random, "1.2.3.4");
    private final PeerInfo b = SomePeers.info(random, "1.2.4.4");
    private final PeerInfo c = SomePeers.info(random, "1.2.5.4");

    private static Optional<ValueRecord> value(String text) {
        return Optional.of(new ValueRecord(KEY, text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_best_wins_and_the_others_are_to_be_corrected() {
        Values values = new Values(KEY, new GreatestValue(), 0);
        assertThat(values.offer(a.peer(), value("old"))).isFalse();
        assertThat(values.offer(b.peer(), value("zzz"))).isFalse();
        assertThat(values.offer(c.peer(), Optional.empty())).isFalse();
        assertThat(values.best()).isEqualTo(value("zzz"));
        assertThat(values.agreeing()).isOne();
        assertThat(values.toCorrect(List.of(a, b, c))).containsExactly(a, c);
    }

    @Test
    void a_quorum_of_valid_values_is_enough() {
        Values values = new Values(KEY, new GreatestValue(), 2);
        assertThat(values.offer(a.peer(), value("x"))).isFalse();
        assertThat(values.offer(b.peer(), Optional.empty())).isFalse();
        assertThat(values.offer(c.peer(), value("x"))).isTrue();
        assertThat(values.agreeing()).isEqualTo(2);
    }

    @Test
    void the_same_peer_counts_once() {
        Values values = new Values(KEY, new GreatestValue(), 2);
        values.offer(a.peer(), value("x"));
        assertThat(values.offer(a.peer(), value("y"))).isFalse();
        assertThat(values.agreeing()).isOne();
    }

    @Test
    void invalid_values_are_as_none() {
        Values values = new Values(KEY, new PublicKeys(), 1);
        assertThat(values.offer(a.peer(), value("no key"))).isFalse();
        assertThat(values.best()).isEmpty();
        assertThat(values.toCorrect(List.of(a, b))).isEmpty();
    }
}

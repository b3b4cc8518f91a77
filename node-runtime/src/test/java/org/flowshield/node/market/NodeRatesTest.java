package org.flowshield.node.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.stream.IntStream;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.peer.PeerId;
import org.junit.jupiter.api.Test;

final class NodeRatesTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final NodeRates rates = new NodeRates(INTERVAL, 3, 2);
    private final PeerId first = peer();

    @Test
    void a_burst_and_then_one_each_interval() {
        assertThat(IntStream.range(0, 100).filter(i -> rates.take(first, 0)).count()).isEqualTo(3);
        assertThat(rates.take(first, INTERVAL.toNanos())).isTrue();
        assertThat(rates.take(first, INTERVAL.toNanos())).isFalse();
    }

    @Test
    void who_was_silent_for_long_has_its_burst_and_no_more() {
        long later = Duration.ofDays(1).toNanos();
        assertThat(rates.take(first, 0)).isTrue();
        assertThat(IntStream.range(0, 100).filter(i -> rates.take(first, later)).count())
                .isEqualTo(3);
    }

    @Test
    void a_clock_below_zero_counts_as_well() {
        long start = Long.MIN_VALUE / 2;
        assertThat(IntStream.range(0, 100).filter(i -> rates.take(first, start)).count())
                .isEqualTo(3);
    }

    @Test
    void of_too_many_nodes_the_one_that_was_silent_for_longest_is_forgotten() {
        PeerId second = peer();
        for (int i = 0; i < 3; i++) {
            assertThat(rates.take(first, 0)).isTrue();
            assertThat(rates.take(second, 0)).isTrue();
        }
        assertThat(rates.take(peer(), 0)).isTrue();
        assertThat(rates.take(second, 0)).isFalse();
        assertThat(rates.take(first, 0)).isTrue();
    }

    private static PeerId peer() {
        try (PrivateKey key = PrivateKey.generate(new SecureRandom())) {
            return PeerId.of(key.publicKey());
        }
    }
}

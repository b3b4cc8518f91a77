package org.flowshield.node.market.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.libp2p.pubsub.mesh.Verdict;
import org.flowshield.node.market.Newcomers;
import org.flowshield.node.market.SomeListings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Heartbeats are passed on of who lives, now, once. */
final class HeartbeatValidatorTest {

    private static final Instant NOW = Instant.parse("2027-01-31T12:00:00Z");
    private static final Duration BEAT = Duration.ofSeconds(10);
    private static final int EACH = 1000;

    private final SomeListings node = new SomeListings();
    private final SomeListings other = new SomeListings();
    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private final AtomicLong nanos = new AtomicLong();
    private final List<SignedHeartbeat> accepted = new ArrayList<>();
    private final HeartbeatValidator validator =
            new HeartbeatValidator(clock::get, nanos::get, accepted::add, 10);

    @AfterEach
    void close() {
        node.close();
        other.close();
    }

    private static SignedHeartbeat beat(SomeListings of, long sequence, Instant at) {
        return SignedHeartbeat.sign(
                new Heartbeat(Keccak256.hash("an offer"), at, sequence, 1, 0), of.key);
    }

    private Verdict verdict(byte[] data) {
        return validator.validate(SomeListings.message(node.peer, data));
    }

    private void later() {
        clock.updateAndGet(now -> now.plus(BEAT));
        nanos.addAndGet(BEAT.toNanos());
    }

    @Test
    void one_each_ten_seconds_is_passed_on_for_as_long_as_the_node_lives() {
        for (int i = 1; i <= EACH; i++) {
            assertThat(verdict(beat(node, i, clock.get()).encoded())).isEqualTo(Verdict.ACCEPT);
            later();
        }
        assertThat(accepted).hasSize(EACH);
    }

    @Test
    void a_dead_node_is_not_kept_alive_by_what_it_said() {
        byte[] last = beat(node, 1, NOW).encoded();
        assertThat(verdict(last)).isEqualTo(Verdict.ACCEPT);
        for (int i = 0; i < EACH; i++) {
            later();
            assertThat(verdict(last)).isEqualTo(Verdict.IGNORE);
        }
    }

    @Test
    void nobody_lives_for_another() {
        for (int i = 1; i <= EACH; i++) {
            assertThat(verdict(beat(other, i, clock.get()).encoded())).isEqualTo(Verdict.REJECT);
            later();
        }
        assertThat(accepted).isEmpty();
    }

    @Test
    void forged_and_long_ones_are_refused() {
        Random random = new Random(5);
        for (int i = 1; i <= EACH; i++) {
            byte[] forged = beat(node, i, clock.get()).encoded();
            forged[random.nextInt(forged.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(verdict(forged)).isEqualTo(Verdict.REJECT);
            later();
        }
        assertThat(verdict(new byte[SignedHeartbeat.MAX_LENGTH + 1])).isEqualTo(Verdict.REJECT);
        assertThat(verdict(new byte[0])).isEqualTo(Verdict.REJECT);
    }

    @Test
    void a_node_that_floods_with_good_ones_is_slowed_down() {
        int passed = 0;
        for (int i = 1; i <= EACH; i++) {
            if (verdict(beat(node, i, NOW).encoded()) == Verdict.ACCEPT) {
                passed++;
            }
        }
        assertThat(passed).isEqualTo(4);
    }

    @Test
    void a_peer_that_brings_a_thousand_keys_is_held_and_nobody_else() {
        HeartbeatValidator large = new HeartbeatValidator(clock::get, nanos::get, accepted::add);
        assertThat(heard(large, node, other, 1)).isEqualTo(Verdict.ACCEPT);
        int passed = 0;
        for (int i = 0; i < EACH; i++) {
            try (SomeListings free = new SomeListings()) {
                passed += heard(large, free, other, 1) == Verdict.ACCEPT ? 1 : 0;
            }
        }
        assertThat(passed).isEqualTo(Newcomers.BURST - 1);
        assertThat(heard(large, node, other, 2)).isEqualTo(Verdict.ACCEPT);
        try (SomeListings newcomer = new SomeListings()) {
            assertThat(heard(large, newcomer, other, 1)).isEqualTo(Verdict.IGNORE);
            assertThat(heard(large, newcomer, newcomer, 1)).isEqualTo(Verdict.ACCEPT);
        }
    }

    @Test
    void a_newcomer_is_heard_though_all_places_are_taken() {
        for (int i = 0; i < 10; i++) {
            try (SomeListings free = new SomeListings()) {
                assertThat(heard(validator, free, free, 1)).isEqualTo(Verdict.ACCEPT);
            }
        }
        assertThat(verdict(beat(node, 1, NOW).encoded())).isEqualTo(Verdict.ACCEPT);
    }

    private Verdict heard(
            HeartbeatValidator by, SomeListings of, SomeListings bringer, long sequence) {
        return by.validate(
                SomeListings.message(
                        of.peer, bringer.peer, beat(of, sequence, clock.get()).encoded()));
    }
}

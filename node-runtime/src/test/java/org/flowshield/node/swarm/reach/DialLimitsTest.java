package org.flowshield.node.swarm.reach;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.stream.IntStream;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.swarm.SomeSwarm;
import org.junit.jupiter.api.Test;

final class DialLimitsTest {

    private final DialLimits limits = new DialLimits();
    private final PeerId peer = peer();

    @Test
    void a_flood_from_one_place_gets_its_burst_whoever_it_says_it_is() {
        Multiaddr place = at("/ip4/203.0.113.7/tcp/1");
        long taken = IntStream.range(0, 1_000).filter(i -> limits.take(peer(), place, 0)).count();
        assertThat(taken).isEqualTo(DialLimits.BURST);
    }

    @Test
    void a_flood_from_one_network_of_ipv6_gets_its_burst() {
        long taken =
                IntStream.range(0, 1_000)
                        .filter(i -> limits.take(peer, at("/ip6/2001:db8::" + i + "/tcp/1"), 0))
                        .count();
        assertThat(taken).isEqualTo(DialLimits.BURST);
    }

    @Test
    void a_flood_from_everywhere_has_few_dialled() {
        long taken =
                IntStream.range(0, 250)
                        .filter(i -> limits.take(peer, at("/ip4/203.0." + i + ".7/tcp/1"), 0))
                        .count();
        assertThat(taken).isEqualTo(DialLimits.BURST_OF_ALL);
    }

    @Test
    void a_flood_from_one_network_leaves_half_for_the_others() {
        long taken =
                IntStream.range(0, 250)
                        .filter(i -> limits.take(peer, at("/ip4/203.0.113." + i + "/tcp/1"), 0))
                        .count();
        assertThat(taken).isEqualTo(DialLimits.BURST_OF_A_NETWORK);
        assertThat(limits.take(peer, at("/ip4/198.51.100.7/tcp/1"), 0)).isTrue();
    }

    @Test
    void who_asks_at_the_pace_of_an_honest_node_is_always_served() {
        Multiaddr place = at("/ip4/203.0.113.7/tcp/1");
        assertThat(IntStream.range(0, 1_000))
                .allMatch(i -> limits.take(peer, place, i * DialLimits.INTERVAL.toNanos()));
    }

    @Test
    void a_place_that_was_refused_does_not_use_up_what_is_for_all() {
        Multiaddr place = at("/ip4/203.0.113.7/tcp/1");
        for (int i = 0; i < 1_000; i++) {
            boolean _ = limits.take(peer, place, 0);
        }
        assertThat(limits.take(peer, at("/ip4/203.0.113.8/tcp/1"), 0)).isTrue();
    }

    @Test
    void programs_of_this_machine_are_told_apart() {
        Multiaddr loopback = at("/ip4/127.0.0.1/tcp/1");
        for (int i = 0; i < DialLimits.BURST; i++) {
            assertThat(limits.take(peer, loopback, 0)).isTrue();
        }
        assertThat(limits.take(peer, loopback, 0)).isFalse();
        assertThat(limits.take(peer(), loopback, 0)).isTrue();
    }

    private static PeerId peer() {
        try (PrivateKey key = PrivateKey.generate(new SecureRandom())) {
            return PeerId.of(key.publicKey());
        }
    }

    private static Multiaddr at(String text) {
        return SomeSwarm.address(text);
    }
}

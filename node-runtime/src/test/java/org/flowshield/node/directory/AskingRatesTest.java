package org.flowshield.node.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.swarm.SomeSwarm;
import org.junit.jupiter.api.Test;

final class AskingRatesTest {

    private static final int MANY = 1_000;
    private static final int AT_ONCE = 10;
    private static final long OF_A_NETWORK = (long) AskingRates.PEERS_OF_A_NETWORK * AT_ONCE;

    private final AtomicLong nanos = new AtomicLong();
    private final AskingRates rates = new AskingRates(AT_ONCE, 2, nanos::get);

    private static PeerId peer() {
        try (PrivateKey key = PrivateKey.generate(new SecureRandom())) {
            return PeerId.of(key.publicKey());
        }
    }

    private static Multiaddr at(String ip) {
        return SomeSwarm.address(ip + "/tcp/1");
    }

    /** How many of many questions are answered that come each under a key of its own. */
    private long answered(IntFunction<Multiaddr> from) {
        return IntStream.range(0, MANY).filter(i -> rates.take(peer(), from.apply(i))).count();
    }

    @Test
    void a_peer_asks_so_often_and_no_more() {
        PeerId peer = peer();
        Multiaddr from = at("/ip4/203.0.113.7");
        assertThat(IntStream.range(0, MANY).filter(i -> rates.take(peer, from)).count())
                .isEqualTo(AT_ONCE);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(IntStream.range(0, MANY).filter(i -> rates.take(peer, from)).count())
                .isEqualTo(2);
    }

    @Test
    void new_keys_give_a_network_no_more_questions() {
        assertThat(answered(i -> at("/ip4/203.0.113." + i % 256))).isEqualTo(OF_A_NETWORK);
        assertThat(answered(i -> at("/ip6/2001:db8:7:" + i + "::1"))).isEqualTo(OF_A_NETWORK);
        // Another is heard meanwhile.
        assertThat(rates.take(peer(), at("/ip4/198.51.100.1"))).isTrue();
    }

    @Test
    void networks_of_ones_own_are_not_counted() {
        assertThat(answered(_ -> at("/ip4/127.0.0.1"))).isEqualTo(MANY);
        assertThat(answered(_ -> at("/ip4/10.0.0.1"))).isEqualTo(MANY);
    }
}

package org.flowshield.libp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.flowshield.libp2p.kad.SomePeers;
import org.flowshield.libp2p.peer.PeerId;
import org.junit.jupiter.api.Test;

final class NeighboursTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random = new Random(1);
    private final PeerId self = SomePeers.id(random);
    private final Neighbours neighbours = new Neighbours(self, NOW);

    @Test
    void tells_of_each_once_and_again_when_it_moved_or_after_a_while() {
        PeerId peer = SomePeers.id(random);
        assertThat(neighbours.isNews(at(peer, "10.0.0.1"), NOW)).isTrue();
        assertThat(neighbours.isNews(at(peer, "10.0.0.1"), NOW.plusSeconds(299))).isFalse();
        assertThat(neighbours.isNews(at(peer, "10.0.0.2"), NOW.plusSeconds(299))).isTrue();
        assertThat(neighbours.isNews(at(peer, "10.0.0.2"), NOW.plusSeconds(600))).isTrue();
    }

    @Test
    void never_tells_of_ourselves() {
        assertThat(neighbours.isNews(at(self, "10.0.0.1"), NOW)).isFalse();
    }

    @Test
    void a_flood_of_names_is_not_heard() {
        int heard = 0;
        for (int i = 0; i < 10_000; i++) {
            heard += neighbours.isNews(at(SomePeers.id(random), "10.0.0.1"), NOW) ? 1 : 0;
        }
        assertThat(heard).isEqualTo(Neighbours.BURST);
        Instant later = NOW.plus(Neighbours.REFILL);
        assertThat(neighbours.isNews(at(SomePeers.id(random), "10.0.0.1"), later)).isTrue();
        assertThat(neighbours.isNews(at(SomePeers.id(random), "10.0.0.1"), later)).isFalse();
    }

    private static Neighbour at(PeerId peer, String ip) {
        return new Neighbour(peer, List.of(SomePeers.address(ip).withPeer(peer)));
    }
}

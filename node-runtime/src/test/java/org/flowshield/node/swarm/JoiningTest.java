package org.flowshield.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.junit.jupiter.api.Test;

final class JoiningTest {

    @Test
    void pauses_grow_to_a_minute_and_half_of_each_is_chance() {
        assertThat(Joining.pause(1, 0)).isEqualTo(Duration.ofMillis(500));
        assertThat(Joining.pause(2, 0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(Joining.pause(3, 0.5)).isEqualTo(Duration.ofSeconds(3));
        assertThat(Joining.pause(1_000_000, 0)).isEqualTo(Duration.ofSeconds(30));
        assertThat(IntStream.range(1, 100).mapToObj(i -> Joining.pause(i, 0.999)))
                .allMatch(pause -> pause.compareTo(Duration.ofMinutes(1)) < 0);
    }

    @Test
    void a_bootstrap_node_does_not_begin_with_itself() {
        try (SomeSwarm self = new SomeSwarm();
                SomeSwarm other = new SomeSwarm()) {
            Multiaddr own = SomeSwarm.address("/ip4/203.0.113.1/tcp/1/p2p/" + self.peer());
            Multiaddr others = SomeSwarm.address("/ip4/203.0.113.1/tcp/1/p2p/" + other.peer());
            assertThat(Joining.others(List.of(own, others), self.peer())).containsExactly(others);
        }
    }
}

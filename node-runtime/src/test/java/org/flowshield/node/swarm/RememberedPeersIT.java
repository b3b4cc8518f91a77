package org.flowshield.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flowshield.node.swarm.SomeSwarm.await;
import static org.flowshield.node.swarm.SomeSwarm.loopback;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.swarm.Swarm.Membership;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that was in the network once needs no bootstrap node any more. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RememberedPeersIT {

    private final SecureRandom random = new SecureRandom();
    private @TempDir Path folder;

    @Test
    void finds_the_network_again_with_every_bootstrap_node_dead() throws Exception {
        try (PrivateKey key = PrivateKey.generate(random);
                SomeSwarm bootstrap = new SomeSwarm()) {
            Membership first = bootstrap.join();
            Multiaddr only = bootstrap.address(first);
            try (SomeSwarm friend = new SomeSwarm(only);
                    Membership there = friend.join()) {
                await("it is told of", () -> first.dht().neighbours().size() == 1);
                try (Membership us = remembering(key, only).join(List.of(loopback()), List.of())) {
                    await("we know both", () -> us.dht().neighbours().size() == 2);
                }
                first.close();
                await("it is gone", () -> knows(there, bootstrap.peer()) == 0);

                try (Membership us = remembering(key, only).join(List.of(loopback()), List.of())) {
                    await("we are in again", () -> knows(us, friend.peer()) == 1);
                    assertThat(knows(us, bootstrap.peer())).isZero();
                }
            }
        }
    }

    private static long knows(Membership role, PeerId peer) {
        return role.host().connections().stream()
                .map(connection -> connection.remotePeer())
                .filter(peer::equals)
                .distinct()
                .count();
    }

    private Libp2pSwarm remembering(PrivateKey key, Multiaddr bootstrap) {
        return new Libp2pSwarm(
                new SwarmSettings(
                        List.of(bootstrap),
                        List.of(),
                        true,
                        0,
                        "test/1",
                        Optional.of(folder.resolve("peers")),
                        false,
                        false),
                key,
                random,
                () -> List.of(InetAddress.getLoopbackAddress()),
                List.of());
    }
}

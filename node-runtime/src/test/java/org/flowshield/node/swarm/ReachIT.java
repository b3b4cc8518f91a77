package org.flowshield.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.flowshield.node.swarm.SomeSwarm.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.identify.MalformedIdentifyException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiformats.Delimited;
import org.flowshield.node.swarm.Swarm.Membership;
import org.flowshield.node.swarm.reach.DialOutcome;
import org.flowshield.node.swarm.reach.ReachClient;
import org.flowshield.node.swarm.reach.ReachProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers dial each other back, and nobody else. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ReachIT {

    @Test
    void a_node_is_told_where_it_is_reached_and_where_not() throws Exception {
        try (SomeSwarm first = new SomeSwarm();
                Membership asked = first.join();
                SomeSwarm second = new SomeSwarm();
                Membership asking = second.join();
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Multiaddr own = asking.addresses().getFirst();
            Multiaddr anothers = asked.addresses().getFirst();
            Multiaddr closed = closed();
            Multiaddr elsewhere = SomeSwarm.address("/ip4/192.0.2.1/tcp/4001");
            Connection connection = asking.host().connect(first.address(asked));
            assertThat(ReachClient.ask(connection, List.of(elsewhere, own, closed, anothers)))
                    .isEqualTo(
                            Map.of(
                                    elsewhere, DialOutcome.NOT_DIALLED,
                                    own, DialOutcome.REACHED,
                                    closed, DialOutcome.REFUSED,
                                    anothers, DialOutcome.ANOTHER));
            assertThat(other.isBound()).isTrue();
        }
    }

    @Test
    void a_node_whose_port_is_closed_is_not_advertised_and_says_so() throws Exception {
        try (SomeSwarm first = new SomeSwarm();
                Membership asked = first.join();
                PrivateKey key = PrivateKey.generate(new SecureRandom())) {
            Multiaddr closed = closed();
            // It listens at one port, and tells of another: as behind a router that forwards none.
            Libp2pSwarm hidden = behindARouter(key, closed, first.address(asked));
            try (Membership role = hidden.join(List.of(SomeSwarm.loopback()), List.of());
                    Connection connection =
                            asked.host().connect(role.host().listenAddresses().getFirst())) {
                await("the closed port is known", () -> !told(asked, connection).contains(closed));
                assertThat(role.advertised())
                        .isEqualTo(role.host().listenAddresses())
                        .doesNotContain(closed);
                assertThat(role.reach()).isEqualTo(new Reach.Proven(role.host().listenAddresses()));
            }
        }
    }

    @Test
    void a_node_that_nobody_gets_to_is_not_advertised_at_all() throws Exception {
        try (SomeSwarm first = new SomeSwarm();
                Membership asked = first.join();
                PrivateKey key = PrivateKey.generate(new SecureRandom())) {
            Multiaddr closed = closed();
            Libp2pSwarm hidden = behindARouter(key, closed, first.address(asked));
            try (Membership role = hidden.join(List.of(SomeSwarm.loopback()), List.of())) {
                Multiaddr listening = role.host().listenAddresses().getFirst();
                await("it is proven", () -> role.reach() instanceof Reach.Proven);
                role.host().unlisten(listening);
                hidden.announce(List.of(SomeSwarm.address("/ip4/127.0.0.1/tcp/1")));
                await("nobody gets there", () -> role.reach() instanceof Reach.NotProven);
                assertThat(role.advertised()).isEmpty();
                assertThat(role.reach().toString()).contains("nothing of this node listens there");
            }
        }
    }

    /** Header of the attack: the reach protocol of a victim is asked to dial a third party. */
    @Test
    void an_attacker_cant_have_a_third_party_dialled() throws Exception {
        try (SomeSwarm first = new SomeSwarm();
                Membership asked = first.join();
                SomeSwarm second = new SomeSwarm();
                Membership attacking = second.join();
                ServerSocket victim = new ServerSocket(0, 8, InetAddress.getByName("127.0.0.9"))) {
            Multiaddr theirs = SomeSwarm.address("/ip4/127.0.0.9/tcp/" + victim.getLocalPort());
            Connection connection = attacking.host().connect(first.address(asked));
            assertThat(ReachClient.ask(connection, List.of(theirs)))
                    .isEqualTo(Map.of(theirs, DialOutcome.NOT_DIALLED));
            victim.setSoTimeout(1); // what was dialled would wait in the queue
            assertThatThrownBy(victim::accept).isInstanceOf(SocketTimeoutException.class);
            try (Socket proof = new Socket("127.0.0.9", victim.getLocalPort())) {
                victim.setSoTimeout(0);
                try (Socket accepted = victim.accept()) {
                    assertThat(accepted.getPort()).isEqualTo(proof.getLocalPort());
                }
            }
        }
    }

    @Test
    void an_attacker_who_floods_has_few_dialled_and_a_neighbour_is_served() throws Exception {
        try (SomeSwarm first = new SomeSwarm();
                Membership asked = first.join();
                SomeSwarm second = new SomeSwarm();
                Membership attacking = second.join();
                SomeSwarm third = new SomeSwarm();
                Membership honest = third.join()) {
            Multiaddr at = attacking.addresses().getFirst();
            Connection connection = attacking.host().connect(first.address(asked));
            int dialled = 0;
            for (int i = 0; i < 100; i++) {
                if (ReachClient.ask(connection, List.of(at)).get(at) != DialOutcome.BUSY) {
                    dialled++;
                }
            }
            assertThat(dialled).isBetween(1, 5);
            Multiaddr own = honest.addresses().getFirst();
            Connection fair = honest.host().connect(first.address(asked));
            assertThat(ReachClient.ask(fair, List.of(own)))
                    .isEqualTo(Map.of(own, DialOutcome.REACHED));
        }
    }

    @Test
    void what_is_no_request_ends_the_stream_and_nothing_else() throws Exception {
        try (SomeSwarm first = new SomeSwarm();
                Membership asked = first.join();
                SomeSwarm second = new SomeSwarm();
                Membership asking = second.join()) {
            Connection connection = asking.host().connect(first.address(asked));
            for (byte[] junk : List.of(new byte[0], new byte[] {7}, new byte[4096])) {
                assertThatThrownBy(() -> ended(connection, junk)).isInstanceOf(IOException.class);
            }
            Multiaddr own = asking.addresses().getFirst();
            assertThat(ReachClient.ask(connection, List.of(own)).get(own))
                    .isEqualTo(DialOutcome.REACHED);
        }
    }

    private static void ended(Connection connection, byte[] junk) throws IOException {
        try (Stream stream = connection.newStream(List.of(ReachProtocol.PROTOCOL))) {
            Delimited.write(stream.output(), junk);
            stream.output().flush();
            if (stream.input().read() < 0) {
                throw new IOException("the stream has ended");
            }
        }
    }

    /** Where the peer of a connection says that it is. */
    private static List<Multiaddr> told(Membership by, Connection connection) {
        try {
            return by.identify().query(connection).addresses();
        } catch (IOException | MalformedIdentifyException e) {
            throw new AssertionError(e);
        }
    }

    private static Libp2pSwarm behindARouter(PrivateKey key, Multiaddr said, Multiaddr bootstrap) {
        return new Libp2pSwarm(
                new SwarmSettings(List.of(bootstrap), List.of(said), true, 0, "test/1"),
                false,
                key,
                new SecureRandom(),
                List::of,
                List.of());
    }

    /** Where nothing listens. */
    private static Multiaddr closed() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return SomeSwarm.address("/ip4/127.0.0.1/tcp/" + free.getLocalPort());
        }
    }
}

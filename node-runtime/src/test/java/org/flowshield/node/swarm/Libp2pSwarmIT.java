package org.flowshield.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.flowshield.node.swarm.SomeSwarm.await;
import static org.flowshield.node.swarm.SomeSwarm.loopback;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.kad.DhtOptions;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiformats.Multihash;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.multistream.ProtocolNotSupportedException;
import org.flowshield.libp2p.ping.Ping;
import org.flowshield.libp2p.pubsub.Validator;
import org.flowshield.libp2p.pubsub.mesh.Verdict;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.node.swarm.Swarm.Following;
import org.flowshield.node.swarm.Swarm.Membership;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Swarms on loopback. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class Libp2pSwarmIT {

    private static final ProtocolId FIRST = new ProtocolId("/test/first/1.0.0");
    private static final ProtocolId SECOND = new ProtocolId("/test/second/1.0.0");
    private static final Topic NEWS = new Topic("news");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private record Role(ProtocolId id) implements ProtocolBinding {

        @Override
        public List<ProtocolId> ids() {
            return List.of(id);
        }

        @Override
        public void accept(Stream stream) throws IOException {
            stream.closeWrite();
        }
    }

    @Test
    void the_first_role_opens_the_host_and_the_last_one_closes_it() throws Exception {
        try (SomeSwarm node = new SomeSwarm();
                SomeSwarm other = new SomeSwarm();
                Membership asking = other.join()) {
            Membership first = node.swarm.join(List.of(loopback()), List.of(new Role(FIRST)));
            Membership second = node.swarm.join(List.of(loopback()), List.of(new Role(SECOND)));
            assertThat(second.host()).isSameAs(first.host());
            assertThat(first.host().protocols())
                    .contains(FIRST, SECOND, Ping.ID, DhtOptions.FLOWSHIELD);
            List<Multiaddr> both = first.addresses();
            assertThat(both).hasSize(2);
            Connection connection = asking.host().connect(both.getFirst().withPeer(node.peer()));
            connection.newStream(List.of(FIRST)).close();

            first.close();
            first.close();
            assertThat(second.addresses()).containsExactly(both.getLast());
            assertThatThrownBy(() -> connection.newStream(List.of(FIRST)))
                    .isInstanceOf(ProtocolNotSupportedException.class);
            connection.newStream(List.of(SECOND)).close();
            assertThatThrownBy(() -> asking.host().connect(both.getFirst()))
                    .hasMessageContaining("nothing listens there");

            second.close();
            connection.closed().toCompletableFuture().join();
            assertThatThrownBy(() -> asking.host().connect(both.getLast()))
                    .hasMessageContaining("nothing listens there");
        }
    }

    @Test
    void roles_may_listen_at_the_same_address() throws Exception {
        try (SomeSwarm node = new SomeSwarm()) {
            Membership first = node.join();
            Multiaddr at = first.addresses().getFirst();
            Membership second = node.swarm.join(List.of(at), List.of());
            first.close();
            assertThat(second.addresses()).containsExactly(at);
            second.close();
        }
    }

    @Test
    void a_role_that_cant_join_leaves_all_as_it_was() throws Exception {
        try (SomeSwarm node = new SomeSwarm();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Multiaddr occupied =
                    Multiaddr.of(
                            new InetSocketAddress(
                                    InetAddress.getLoopbackAddress(), taken.getLocalPort()));
            List<Multiaddr> wanted = List.of(loopback(), occupied);
            List<ProtocolBinding> served = List.of(new Role(SECOND));
            assertThatThrownBy(() -> node.swarm.join(wanted, served))
                    .isInstanceOf(IOException.class);

            try (Membership in = node.join()) {
                List<Multiaddr> before = in.host().listenAddresses();
                assertThatThrownBy(() -> node.swarm.join(wanted, served))
                        .isInstanceOf(IOException.class);
                assertThat(in.host().listenAddresses()).isEqualTo(before);
                assertThat(in.addresses()).isEqualTo(before);
                assertThat(in.host().protocols()).doesNotContain(SECOND);
                try (Membership second = node.swarm.join(List.of(loopback()), served)) {
                    assertThat(second.host().protocols()).contains(SECOND);
                }
            }
        }
    }

    @Test
    void nodes_that_begin_with_the_same_one_find_and_hear_each_other() throws Exception {
        Multihash content = Multihash.sha256(new byte[] {1});
        try (SomeSwarm first = new SomeSwarm();
                Membership a = first.join();
                SomeSwarm second = new SomeSwarm(first.address(a));
                Membership b = second.join();
                SomeSwarm third = new SomeSwarm(first.address(a));
                Membership c = third.join()) {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            try (Following _ = hear(a, heard);
                    Following _ = hear(b, heard)) {
                await("it is in", () -> !c.dht().neighbours().isEmpty());
                await("it is in", () -> !b.dht().neighbours().isEmpty());
                assertThat(b.dht().provide(content, LIMIT).kept()).isPositive();
                await("it knows a subscriber", () -> !c.pubsub().peers(NEWS).isEmpty());
                await("they know each other", () -> !a.pubsub().mesh(NEWS).isEmpty());

                assertThat(c.dht().findProviders(content, 1, LIMIT))
                        .extracting(found -> found.peer())
                        .containsExactly(second.peer());
                c.pubsub().publish(NEWS, new byte[] {7});
                assertThat(heard.take()).isEqualTo("7 by " + third.peer());
                assertThat(heard.take()).isEqualTo("7 by " + third.peer());
            }
        }
    }

    private static Following hear(Membership role, BlockingQueue<String> heard) {
        return role.follow(
                NEWS,
                Validator.ANY,
                message -> heard.add(message.data()[0] + " by " + message.author()));
    }

    @Test
    void a_bootstrap_node_that_is_down_holds_nothing_up_and_is_joined_when_it_is_there()
            throws Exception {
        try (SomeSwarm first = new SomeSwarm()) {
            Membership before = first.join();
            Multiaddr address = first.address(before);
            before.close();
            try (SomeSwarm second = new SomeSwarm(address);
                    Membership waiting = second.join()) {
                await(
                        "it says what is wrong",
                        () ->
                                waiting.reach() instanceof Reach.Unknown(String why)
                                        && why.contains("none of the 1 bootstrap"));
                try (Membership _ = first.swarm.join(List.of(address.withoutPeer()), List.of())) {
                    await("it is in", () -> !waiting.dht().neighbours().isEmpty());
                }
            }
        }
    }

    @Test
    void two_roles_hear_one_topic_and_each_may_refuse_a_message_for_both() throws Exception {
        try (SomeSwarm speaking = new SomeSwarm();
                Membership speaker = speaking.join();
                SomeSwarm node = new SomeSwarm(speaking.address(speaker));
                Membership one = node.join();
                Membership two = node.join()) {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            Following first = hear(one, heard);
            Validator onlySmall =
                    message -> message.data()[0] < 10 ? Verdict.ACCEPT : Verdict.IGNORE;
            Following second =
                    two.follow(NEWS, onlySmall, message -> heard.add("too " + message.data()[0]));
            await("it subscribes", () -> !speaker.pubsub().peers(NEWS).isEmpty());

            speaker.pubsub().publish(NEWS, new byte[] {50});
            speaker.pubsub().publish(NEWS, new byte[] {1});
            assertThat(List.of(heard.take(), heard.take()))
                    .containsExactly("1 by " + speaking.peer(), "too 1");

            second.close();
            second.close();
            speaker.pubsub().publish(NEWS, new byte[] {51});
            assertThat(heard.take()).isEqualTo("51 by " + speaking.peer());
            first.close();
            await("nobody hears", () -> speaker.pubsub().peers(NEWS).isEmpty());
        }
    }

    @Test
    void what_was_found_out_outside_is_told_until_it_is_something_else() throws Exception {
        Multiaddr said = SomeSwarm.address("/ip4/203.0.113.7/tcp/4001");
        Multiaddr mapped = SomeSwarm.address("/ip4/203.0.113.8/tcp/5001");
        try (SomeSwarm first = new SomeSwarm();
                SomeSwarm node =
                        new SomeSwarm(PrivateKey.generate(new SecureRandom()), List.of(said));
                Membership role = node.join();
                Membership asking = first.join()) {
            BlockingQueue<String> changes = new LinkedBlockingQueue<>();
            role.onChange(() -> changes.add("changed"));
            node.swarm.announce(List.of(mapped));
            assertThat(changes.take()).isEqualTo("changed");
            assertThat(role.advertised())
                    .containsExactly(role.host().listenAddresses().getFirst(), said, mapped);
            Connection connection = asking.host().connect(node.address(role));
            assertThat(asking.identify().query(connection).addresses()).contains(said, mapped);
        }
    }
}

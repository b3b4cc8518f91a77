package org.flowshield.libp2p.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.LoopbackHosts;
import org.flowshield.libp2p.Served;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.PeerTimeoutException;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.record.PeerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class IdentifyIT {

    private static final ProtocolId NEW = new ProtocolId("/test/new/1.0.0");

    @Test
    void both_sides_of_a_connection_learn_who_the_other_is() throws Exception {
        try (LoopbackHosts hosts = new LoopbackHosts()) {
            Identify listening = install(hosts.listener, hosts.listenerKey, "listener/1");
            Identify dialling = install(hosts.dialler, hosts.diallerKey, "dialler/1");
            BlockingQueue<Identified> seenByListener = observe(listening);

            Connection connection = hosts.connect();
            Identified listener = known(dialling, connection);
            assertThat(listener.peer()).isEqualTo(hosts.listener.peerId());
            assertThat(listener.agent()).isEqualTo("listener/1");
            assertThat(listener.protocols()).contains(Identify.ID, Identify.PUSH_ID);
            assertThat(listener.addresses()).containsExactly(hosts.listenAddress());
            assertThat(listener.observedAddress()).contains(connection.localAddress());
            assertThat(listener.peerRecord().map(PeerRecord::addresses))
                    .contains(listener.addresses());

            Identified dialler = take(seenByListener);
            assertThat(dialler.peer()).isEqualTo(hosts.dialler.peerId());
            assertThat(dialler.agent()).isEqualTo("dialler/1");
            assertThat(dialler.addresses()).isEmpty();
            assertThat(dialler.peerRecord()).isEmpty();
            assertThat(dialler.observedAddress()).contains(hosts.listenAddress());
        }
    }

    @Test
    void a_change_is_pushed_to_the_other_side() throws Exception {
        try (LoopbackHosts hosts = new LoopbackHosts()) {
            Identify listening = install(hosts.listener, hosts.listenerKey, "listener/1");
            Identify dialling = install(hosts.dialler, hosts.diallerKey, "dialler/1");
            BlockingQueue<Identified> seenByListener = observe(listening);
            BlockingQueue<Identified> seenByDialler = observe(dialling);
            Connection connection = hosts.connect();
            Identified before = take(seenByDialler);
            take(seenByListener);

            hosts.listener.handle(new Served(NEW, stream -> {}));
            listening.changed();
            Identified after = take(seenByDialler);
            assertThat(before.protocols()).doesNotContain(NEW);
            assertThat(after.protocols()).contains(NEW);
            assertThat(
                            after.peerRecord()
                                    .orElseThrow()
                                    .supersedes(before.peerRecord().orElseThrow()))
                    .isTrue();
            assertThat(known(dialling, connection)).isEqualTo(after);
        }
    }

    @Test
    void a_protocol_that_is_served_no_more_is_told_no_more() throws Exception {
        try (LoopbackHosts hosts = new LoopbackHosts()) {
            Identify listening = install(hosts.listener, hosts.listenerKey, "listener/1");
            Identify dialling = install(hosts.dialler, hosts.diallerKey, "dialler/1");
            Served role = new Served(NEW, stream -> {});
            hosts.listener.handle(role);
            BlockingQueue<Identified> seenByListener = observe(listening);
            BlockingQueue<Identified> seenByDialler = observe(dialling);
            Connection _ = hosts.connect();
            assertThat(take(seenByDialler).protocols()).contains(NEW);
            take(seenByListener);

            hosts.listener.unhandle(role);
            listening.changed();
            assertThat(take(seenByDialler).protocols()).contains(Identify.ID).doesNotContain(NEW);
        }
    }

    @Test
    void a_peer_that_shows_anothers_key_is_not_believed() throws Exception {
        try (PrivateKey stranger = PrivateKey.generate(new java.security.SecureRandom());
                LoopbackHosts hosts =
                        new LoopbackHosts(
                                answering(
                                        IdentifyProtos.Identify.newBuilder()
                                                .setPublicKey(
                                                        ByteString.copyFrom(
                                                                stranger.publicKey().encoded()))
                                                .build()))) {
            Identify dialling = install(hosts.dialler, hosts.diallerKey, "dialler/1");
            Connection connection = hosts.connect();
            assertThatThrownBy(() -> known(dialling, connection))
                    .hasCauseInstanceOf(MalformedIdentifyException.class);
            assertThatThrownBy(() -> dialling.query(connection))
                    .isInstanceOf(MalformedIdentifyException.class);
        }
    }

    @Test
    void a_peer_that_says_nothing_is_given_up() throws Exception {
        try (LoopbackHosts hosts =
                new LoopbackHosts(
                        new Served(Identify.ID, stream -> Thread.sleep(Duration.ofMinutes(1))))) {
            Identify dialling =
                    Identify.install(
                            hosts.dialler,
                            hosts.diallerKey,
                            "dialler/1",
                            Clock.systemUTC(),
                            AdvertisedAddresses.ofThisMachine(),
                            Duration.ofMillis(200));
            Connection connection = hosts.connect();
            assertThatThrownBy(() -> known(dialling, connection))
                    .hasCauseInstanceOf(PeerTimeoutException.class);
        }
    }

    @Test
    void a_peer_without_identify_is_still_connected() throws Exception {
        try (LoopbackHosts hosts = new LoopbackHosts(new Served(NEW, stream -> {}))) {
            Identify dialling = install(hosts.dialler, hosts.diallerKey, "dialler/1");
            Connection connection = hosts.connect();
            assertThatThrownBy(() -> known(dialling, connection))
                    .hasCauseInstanceOf(IOException.class);
            connection.newStream(List.of(NEW)).close();
        }
    }

    @Test
    void a_peer_that_pushes_without_end_is_refused() throws Exception {
        try (LoopbackHosts hosts = new LoopbackHosts()) {
            install(hosts.listener, hosts.listenerKey, "listener/1");
            Connection connection = hosts.connect();
            for (int i = 0; i < PushBudget.BURST; i++) {
                push(connection);
            }
            assertThatThrownBy(() -> push(connection)).isInstanceOf(IOException.class);
        }
    }

    /** Pushes nothing new and waits until the other side has taken it. */
    private static void push(Connection connection) throws IOException {
        try (Stream stream = connection.newStream(List.of(Identify.PUSH_ID))) {
            IdentifyMessages.write(stream.output(), IdentifyProtos.Identify.getDefaultInstance());
            stream.closeWrite();
            assertThat(stream.input().read()).isEqualTo(-1);
        }
    }

    private static Served answering(IdentifyProtos.Identify message) {
        return new Served(Identify.ID, stream -> IdentifyMessages.write(stream.output(), message));
    }

    private static Identify install(Host host, PrivateKey key, String agent) {
        return Identify.install(
                host, key, agent, Clock.systemUTC(), AdvertisedAddresses.ofThisMachine());
    }

    private static BlockingQueue<Identified> observe(Identify identify) {
        BlockingQueue<Identified> seen = new ArrayBlockingQueue<>(16);
        identify.onIdentified((connection, news) -> seen.add(news));
        return seen;
    }

    private static Identified take(BlockingQueue<Identified> seen) throws InterruptedException {
        Identified next = seen.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was heard of the peer");
        }
        return next;
    }

    private static Identified known(Identify identify, Connection connection)
            throws ExecutionException, InterruptedException {
        return identify.identified(connection).toCompletableFuture().get();
    }
}

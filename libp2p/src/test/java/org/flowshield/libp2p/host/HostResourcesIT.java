package org.flowshield.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.resource.BanTarget;
import org.flowshield.libp2p.resource.Limit;
import org.flowshield.libp2p.resource.LimitReachedException;
import org.flowshield.libp2p.resource.Limits;
import org.flowshield.libp2p.resource.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a host does about its limits, on loopback. */
@Timeout(120)
final class HostResourcesIT {

    private static final ProtocolId TEST = new ProtocolId("/test/1.0.0");

    @Test
    void shows_what_is_used_and_gives_it_back() throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true)) {
            try (Connection connection = pair.connect();
                    Stream stream = connection.newStream(List.of(Echo.ID))) {
                stream.write(ByteBuffer.wrap(new byte[] {1}));
                assertThat(stream.input().read()).isEqualTo(1);

                assertThat(used(pair.listener, Limit.CONNECTIONS_INBOUND)).isEqualTo(1);
                assertThat(used(pair.dialler, Limit.CONNECTIONS_OUTBOUND)).isEqualTo(1);
                assertThat(used(pair.listener, Limit.STREAMS_PER_PEER)).isEqualTo(1);
            }
            for (Limit limit : Limit.values()) {
                Siege.await(
                        () -> used(pair.listener, limit) == 0 && used(pair.dialler, limit) == 0);
            }
        }
    }

    @Test
    void loopback_is_exempt_from_what_counts_for_addresses() throws Exception {
        Limits one = Limits.DEFAULT.with(Limit.CONNECTIONS_PER_ADDRESS, 1);
        try (HostPair pair =
                new HostPair(HostPair.Security.PLAINTEXT, true, builder -> builder.limits(one))) {
            pair.connect();
            pair.connect();

            assertThat(used(pair.listener, Limit.CONNECTIONS_INBOUND)).isEqualTo(2);
        }
    }

    @Test
    void a_peer_with_too_many_connections_is_refused_on_either_side() throws Exception {
        Limits two = Limits.DEFAULT.with(Limit.CONNECTIONS_PER_PEER, 2);
        try (HostPair pair =
                new HostPair(HostPair.Security.PLAINTEXT, true, builder -> builder.limits(two))) {
            pair.connect();
            pair.connect();

            assertThatThrownBy(pair::connect)
                    .isInstanceOf(IOException.class)
                    .hasRootCauseInstanceOf(LimitReachedException.class)
                    .hasMessageContaining("connections-per-peer (2)");
        }
    }

    @Test
    void a_detached_connection_counts_until_its_owner_closes_it() throws Exception {
        LinkedBlockingQueue<DetachedStream> detached = new LinkedBlockingQueue<>();
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true)) {
            pair.listener.handle(
                    new Served(TEST, stream -> detached.add(stream.connection().detach(stream))));
            Connection connection = pair.connect();
            DetachedStream near = connection.detach(connection.newStream(List.of(TEST)));
            DetachedStream far = detached.take();
            assertThat(used(pair.listener, Limit.CONNECTIONS_INBOUND)).isEqualTo(1);
            assertThat(used(pair.dialler, Limit.CONNECTIONS_OUTBOUND)).isEqualTo(1);
            Siege.await(() -> used(pair.listener, Limit.STREAMS_INBOUND) == 0);

            near.close();
            far.close();
            assertThat(used(pair.listener, Limit.SOCKETS)).isZero();
            assertThat(used(pair.dialler, Limit.SOCKETS)).isZero();
        }
    }

    @Test
    void a_ban_ends_the_peers_connections_and_keeps_it_out_until_it_is_lifted() throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true)) {
            Connection connection = pair.connect();
            BanTarget target = new BanTarget.Peer(pair.dialler.peerId());
            pair.listener.resources().ban(target, Duration.ofHours(1));
            connection.closed().toCompletableFuture().get(30, TimeUnit.SECONDS);

            assertThat(refused(pair)).isTrue();
            assertThat(pair.listener.resources().bans())
                    .singleElement()
                    .satisfies(ban -> assertThat(ban.target()).isEqualTo(target));
            assertThat(pair.listener.resources().unban(target)).isTrue();
            assertThat(refused(pair)).isFalse();
        }
    }

    @Test
    void a_banned_address_is_hung_up_on_even_if_it_is_loopback() throws Exception {
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true)) {
            Connection connection = pair.connect();
            BanTarget target = new BanTarget.Address(InetAddress.getLoopbackAddress());
            pair.listener.resources().ban(target, Duration.ofHours(1));
            connection.closed().toCompletableFuture().get(30, TimeUnit.SECONDS);

            assertThatThrownBy(pair::connect).isInstanceOf(IOException.class);
        }
    }

    /** Who dials learns of a refusal only after its own handshake: the stream shows it. */
    private static boolean refused(HostPair pair) {
        try (Connection connection = pair.connect();
                Stream stream = connection.newStream(List.of(Echo.ID))) {
            return stream == null;
        } catch (IOException e) {
            return true;
        }
    }

    // ---- closing ----

    @Test
    void closing_waits_for_the_threads_of_streams() throws Exception {
        CountDownLatch serving = new CountDownLatch(1);
        AtomicBoolean tidied = new AtomicBoolean();
        Served tidy =
                new Served(
                        TEST,
                        stream -> {
                            serving.countDown();
                            try {
                                stream.read(ByteBuffer.allocate(1));
                            } finally {
                                tidied.set(true);
                            }
                        });
        HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true);
        pair.listener.handle(tidy);
        pair.connect().newStream(List.of(TEST));
        serving.await();
        pair.close();

        assertThat(tidied).isTrue();
    }

    @Test
    void closing_interrupts_a_thread_that_waits_for_something_else() throws Exception {
        CountDownLatch serving = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Served stubborn =
                new Served(
                        TEST,
                        stream -> {
                            serving.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.set(true);
                                throw e;
                            }
                        });
        HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true);
        pair.listener.handle(stubborn);
        pair.connect().newStream(List.of(TEST));
        serving.await();
        pair.close();

        assertThat(interrupted).isTrue();
    }

    @Test
    void a_thread_of_the_host_may_close_it() throws Exception {
        List<Host> hosts = new ArrayList<>();
        CountDownLatch closed = new CountDownLatch(1);
        try (HostPair pair = new HostPair(HostPair.Security.PLAINTEXT, true)) {
            hosts.add(pair.listener);
            pair.listener.handle(
                    new Served(
                            TEST,
                            stream -> {
                                hosts.getFirst().close();
                                closed.countDown();
                            }));
            pair.connect().newStream(List.of(TEST));

            assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static long used(Host host, Limit limit) {
        return host.resources().usage().stream()
                .filter(usage -> usage.limit() == limit)
                .mapToLong(Usage::used)
                .sum();
    }
}

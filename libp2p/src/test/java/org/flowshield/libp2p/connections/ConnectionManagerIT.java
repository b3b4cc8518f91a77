package org.flowshield.libp2p.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.libp2p.LoopbackHosts;
import org.flowshield.libp2p.Served;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.security.noise.NoiseTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The manager on a real host, which many others dial. */
final class ConnectionManagerIT {

    private static final ProtocolId LANE = new ProtocolId("/test/lane/1");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<AutoCloseable> toClose = new ArrayList<>();

    @Test
    @Timeout(60)
    void closes_idle_connections_and_never_a_protected_peers_or_a_lane() throws Exception {
        CountDownLatch detached = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        LoopbackHosts hosts =
                new LoopbackHosts(
                        new Served(
                                LANE,
                                stream -> {
                                    stream.input().read();
                                    DetachedStream lane = stream.connection().detach(stream);
                                    try {
                                        detached.countDown();
                                        over.await();
                                    } finally {
                                        lane.close();
                                    }
                                }));
        toClose.add(hosts);
        ConnectionManager manager =
                ConnectionManager.install(
                        hosts.listener, new WaterMarks(1, 4, Duration.ZERO), Clock.systemUTC());
        toClose.add(manager);
        manager.protect("test", () -> List.of(hosts.dialler.peerId()));

        Connection lane = dial(hosts);
        try (Stream stream = lane.newStream(List.of(LANE))) {
            stream.output().write(1);
            stream.output().flush();
            assertThat(detached.await(10, TimeUnit.SECONDS)).isTrue();

            Connection kept = hosts.connect();
            List<Connection> idle = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                idle.add(dial(hosts));
            }
            for (Connection each : idle) {
                each.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
            }
            assertThat(manager.trimmed()).isEqualTo(4);
            while (hosts.listener.connections().size() > 1) {
                LockSupport.parkNanos(
                        1_000_000); // the listener's own ends are closed a little later
            }
            assertThat(hosts.listener.connections())
                    .extracting(Connection::remotePeer)
                    .containsExactly(hosts.dialler.peerId());
            assertThat(kept.closed().toCompletableFuture()).isNotDone();
            assertThat(lane.closed().toCompletableFuture()).isNotDone();
        } finally {
            over.countDown();
        }
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : toClose.reversed()) {
            each.close();
        }
    }

    /** From a host of its own. */
    private Connection dial(LoopbackHosts hosts) throws IOException {
        PrivateKey key = PrivateKey.generate(RANDOM);
        toClose.add(key);
        Host host = new HostBuilder(key).security(new NoiseTransport(key, RANDOM)).build();
        toClose.add(host);
        return host.connect(hosts.listenAddress().withPeer(hosts.listener.peerId()));
    }
}

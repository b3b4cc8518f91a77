package org.flowshield.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.resource.Limit;
import org.flowshield.libp2p.resource.Limits;
import org.flowshield.libp2p.yamux.FrameHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The attack: an authenticated peer opens 10,000 streams. In one test it never says what for; in
 * the next it asks for a protocol that serves it for long, over four connections; in the last it
 * resets each stream as soon as it is served and opens another.
 *
 * <p>What it wants: memory for streams, a thread for each, a line in the log for each, and the
 * places of others.
 */
@Timeout(180)
final class StreamFloodAttackIT {

    private static final int STREAMS = 10_000;
    private static final String STAY = "/test/stay/1.0.0";

    private final PrivateKey attacker = PrivateKey.generate(new SecureRandom());
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();

    @Test
    void ten_thousand_streams_for_nothing() throws Exception {
        try (Siege siege = new Siege(Limits.DEFAULT, HostLimits.UPGRADE_TIMEOUT);
                RawPeer peer = peer(siege)) {
            for (int i = 0; i < STREAMS; i++) {
                peer.send(RawPeer.frame(FrameHeader.WINDOW_UPDATE, FrameHeader.SYN, 1 + 2 * i, 0));
            }
            long limit = siege.usage(Limit.STREAMS_NEGOTIATING_PER_CONNECTION).bound();
            // Those that take too long to say what for make room for some more.
            Siege.await(
                    () ->
                            siege.usage(Limit.STREAMS_NEGOTIATING_PER_CONNECTION).refused()
                                    >= STREAMS - 10 * limit);
            siege.serveMore(3);

            assertThat(siege.usage(Limit.STREAMS_NEGOTIATING_PER_CONNECTION).used())
                    .isLessThanOrEqualTo(limit);
            assertThat(siege.failuresOfTheHonest()).isEmpty();
            peer.hangUp();
            Siege.await(() -> siege.usage(Limit.STREAMS_INBOUND).used() == 0);
        }
    }

    @Test
    void ten_thousand_streams_that_want_to_stay() throws Exception {
        try (Siege siege = new Siege(Limits.DEFAULT, HostLimits.UPGRADE_TIMEOUT, stay(STREAMS))) {
            List<RawPeer> peers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                peers.add(peer(siege));
            }
            for (int i = 0; i < STREAMS; i++) {
                // The first takes what one connection may have, the others what one peer may.
                RawPeer peer = peers.get(i < STREAMS / 2 ? 0 : 1 + i % 3);
                peer.send(RawPeer.open(1 + 2 * i, STAY));
            }
            long limit = siege.usage(Limit.STREAMS_PER_PEER).bound();
            Siege.await(() -> refused(siege) >= STREAMS - limit);
            siege.serveMore(3);

            assertThat(siege.usage(Limit.STREAMS_PER_CONNECTION))
                    .satisfies(use -> assertThat(use.used()).isLessThanOrEqualTo(use.bound()))
                    .satisfies(use -> assertThat(use.refused()).isPositive());
            assertThat(siege.usage(Limit.STREAMS_PER_PEER))
                    .satisfies(use -> assertThat(use.used()).isLessThanOrEqualTo(use.bound()))
                    .satisfies(use -> assertThat(use.refused()).isPositive());
            assertThat(mostRunning.get()).isLessThanOrEqualTo((int) limit);
            assertThat(siege.moreDirectMemory()).isLessThan(64L * 1024 * 1024);
            assertThat(siege.failuresOfTheHonest()).isEmpty();
            for (RawPeer peer : peers) {
                peer.hangUp();
            }
            end.countDown();
            Siege.await(() -> siege.usage(Limit.STREAMS_INBOUND).used() == 0);
        }
    }

    private static long refused(Siege siege) {
        return siege.usage(Limit.STREAMS_PER_CONNECTION).refused()
                + siege.usage(Limit.STREAMS_PER_PEER).refused()
                + siege.usage(Limit.STREAMS_NEGOTIATING_PER_CONNECTION).refused();
    }

    @Test
    void ten_thousand_streams_opened_and_reset() throws Exception {
        int allowed = 16;
        try (LoggedWarnings log = new LoggedWarnings();
                Siege siege = new Siege(Limits.DEFAULT, HostLimits.UPGRADE_TIMEOUT, stay(allowed));
                RawPeer peer = peer(siege)) {
            for (int i = 0; i < STREAMS; i++) {
                int stream = 1 + 2 * i;
                peer.send(
                        RawPeer.open(stream, STAY),
                        RawPeer.frame(FrameHeader.WINDOW_UPDATE, FrameHeader.RST, stream, 0));
            }
            peer.send(RawPeer.open(1 + 2 * STREAMS, Echo.ID.value()));
            siege.serveMore(3);

            assertThat(mostRunning.get()).isEqualTo(allowed);
            assertThat(log.records()).isEmpty();
            assertThat(siege.failuresOfTheHonest()).isEmpty();
            end.countDown();
            peer.hangUp();
            Siege.await(() -> siege.usage(Limit.STREAMS_INBOUND).used() == 0);
        }
    }

    private RawPeer peer(Siege siege) throws IOException {
        return new RawPeer(siege.address(), Siege.stranger(7), attacker, true);
    }

    private ProtocolBinding stay(int allowed) {
        return new ProtocolBinding() {
            @Override
            public List<ProtocolId> ids() {
                return List.of(new ProtocolId(STAY));
            }

            @Override
            public int maxInboundPerConnection() {
                return allowed;
            }

            @Override
            public void accept(Stream stream) throws InterruptedException {
                mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
                try {
                    end.await();
                } finally {
                    running.decrementAndGet();
                }
            }
        };
    }
}

package org.flowshield.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.resource.Limit;
import org.flowshield.libp2p.resource.Limits;
import org.flowshield.libp2p.yamux.FrameHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The attack: an authenticated peer asks for much on 64 streams of each of four connections, lets
 * the victim send as much as it likes, and never reads a byte.
 *
 * <p>What it wants: the victim's memory, half a megabyte and more for each stream.
 */
@Timeout(180)
final class NeverReadingPeerAttackIT {

    private static final String GUSH = "/test/gush/1.0.0";
    private static final int CONNECTIONS = 4;
    private static final int STREAMS = 64;
    private static final int MIB = 1024 * 1024;

    /** What may wait in a connection itself: its water mark, one turn of writing, and records. */
    private static final long CONNECTION_QUEUE = 2L * MIB;

    @Test
    void much_is_asked_for_and_nothing_read() throws Exception {
        Limits limits =
                Limits.DEFAULT
                        .with(Limit.UNSENT_BYTES_PER_CONNECTION, 2L * MIB)
                        .with(Limit.UNSENT_BYTES, 5L * MIB);
        PrivateKey attacker = PrivateKey.generate(new SecureRandom());
        List<RawPeer> peers = new ArrayList<>();
        try (Siege siege = new Siege(limits, HostLimits.UPGRADE_TIMEOUT, gush())) {
            for (int i = 0; i < CONNECTIONS; i++) {
                RawPeer peer = new RawPeer(siege.address(), Siege.stranger(i), attacker, false);
                peers.add(peer);
                for (int stream = 1; stream < 2 * STREAMS; stream += 2) {
                    peer.send(
                            RawPeer.open(stream, GUSH),
                            RawPeer.frame(FrameHeader.WINDOW_UPDATE, 0, stream, 1 << 30));
                }
            }
            Siege.await(
                    () ->
                            siege.usage(Limit.STREAMS_INBOUND).used() >= CONNECTIONS * STREAMS
                                    && siege.usage(Limit.STREAMS_NEGOTIATING).used() == 0
                                    && siege.usage(Limit.UNSENT_BYTES).refused() > 0
                                    && siege.usage(Limit.UNSENT_BYTES_PER_CONNECTION).refused()
                                            > 0);
            siege.serveMore(10);

            long chunks = (long) STREAMS * HostLimits.SCARCE_WRITE_CHUNK + HostLimits.WRITE_CHUNK;
            assertThat(siege.usage(Limit.UNSENT_BYTES_PER_CONNECTION).used())
                    .isLessThanOrEqualTo(2L * MIB + 2 * chunks);
            assertThat(siege.usage(Limit.UNSENT_BYTES).used())
                    .isLessThanOrEqualTo(5L * MIB + CONNECTIONS * 2 * chunks);
            assertThat(siege.moreDirectMemory())
                    .isLessThan(
                            5L * MIB + CONNECTIONS * (2 * chunks + CONNECTION_QUEUE) + 32 * MIB);
            assertThat(siege.failuresOfTheHonest()).isEmpty();
            for (RawPeer peer : peers) {
                peer.hangUp();
            }
            Siege.await(() -> siege.usage(Limit.UNSENT_BYTES).used() == 0);
            Siege.await(() -> siege.usage(Limit.STREAMS_INBOUND).used() == 0);
        }
    }

    private static ProtocolBinding gush() {
        return new ProtocolBinding() {
            @Override
            public List<ProtocolId> ids() {
                return List.of(new ProtocolId(GUSH));
            }

            @Override
            public int maxInboundPerConnection() {
                return STREAMS;
            }

            @Override
            public void accept(Stream stream) throws IOException {
                ByteBuffer much = ByteBuffer.allocateDirect(MIB);
                while (true) {
                    stream.write(much.clear());
                }
            }
        };
    }
}

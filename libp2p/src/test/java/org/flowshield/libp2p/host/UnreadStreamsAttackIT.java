package org.flowshield.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.resource.Limit;
import org.flowshield.libp2p.resource.Limits;
import org.flowshield.libp2p.yamux.FrameHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The attack: an authenticated peer fills the windows of many streams whose protocol is not reading
 * just now. In the second test it sends a byte at a time, each hidden among the bytes of streams
 * that do not exist, so that each could keep a whole read's buffer alive.
 *
 * <p>What it wants: the victim's memory, 256 KiB for each stream, or much more for each byte.
 */
@Timeout(180)
final class UnreadStreamsAttackIT {

    private static final ProtocolId BUSY = new ProtocolId("/test/busy/1.0.0");
    private static final int STREAMS = 32;
    private static final int WINDOW = 256 * 1024;
    private static final int MIB = 1024 * 1024;

    private final PrivateKey attacker = PrivateKey.generate(new SecureRandom());
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void every_window_is_filled_and_nobody_reads() throws Exception {
        Limits limits = Limits.DEFAULT.with(Limit.RECEIVED_BYTES_PER_CONNECTION, 2L * MIB);
        try (Siege siege = siege(limits);
                RawPeer peer = peer(siege)) {
            for (int i = 0; i < STREAMS; i++) {
                peer.send(RawPeer.open(1 + 2 * i, BUSY.value()));
            }
            for (int i = 0; i < STREAMS; i++) {
                int left = WINDOW - 1024;
                peer.send(RawPeer.frame(FrameHeader.DATA, 0, 1 + 2 * i, left), new byte[left]);
            }
            Siege.await(() -> siege.usage(Limit.RECEIVED_BYTES_PER_CONNECTION).refused() > 0);
            siege.serveMore(3);

            assertThat(siege.usage(Limit.RECEIVED_BYTES_PER_CONNECTION).used())
                    .isBetween((long) MIB, 2L * MIB);
            assertThat(siege.failuresOfTheHonest()).isEmpty();
            peer.hangUp();
            end.countDown();
            Siege.await(() -> siege.usage(Limit.RECEIVED_BYTES).used() == 0);
        }
    }

    @Test
    void single_bytes_do_not_keep_what_came_with_them() throws Exception {
        int bytes = 20_000;
        try (Siege siege = siege(Limits.DEFAULT);
                RawPeer peer = peer(siege)) {
            peer.send(RawPeer.open(1, BUSY.value()));
            byte[] filling = new byte[8 * 1024];
            for (int i = 0; i < bytes; i++) {
                peer.send(
                        RawPeer.frame(FrameHeader.DATA, 0, 1, 1),
                        new byte[1],
                        RawPeer.frame(FrameHeader.DATA, 0, 3, filling.length),
                        filling);
            }
            Siege.await(() -> siege.usage(Limit.RECEIVED_BYTES_PER_CONNECTION).used() >= bytes);
            siege.serveMore(3);

            // Held as they came they would keep all of the 160 MB that were sent.
            assertThat(siege.moreDirectMemory()).isLessThan(32L * MIB);
            assertThat(siege.failuresOfTheHonest()).isEmpty();
            end.countDown();
        }
    }

    private Siege siege(Limits limits) throws IOException {
        return new Siege(
                limits, HostLimits.UPGRADE_TIMEOUT, new Served(BUSY, stream -> end.await()));
    }

    private RawPeer peer(Siege siege) throws IOException {
        return new RawPeer(siege.address(), Siege.stranger(7), attacker, true);
    }
}

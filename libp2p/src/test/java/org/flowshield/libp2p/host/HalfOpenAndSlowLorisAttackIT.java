package org.flowshield.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.libp2p.resource.Limit;
import org.flowshield.libp2p.resource.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The attack: 5,000 connections from as many addresses. A third of them says nothing, a third sends
 * a byte now and then, a third begins TLS with a record whose end never comes. None ever says who
 * it is; all stay as long as they are let.
 *
 * <p>What it wants: the victim's descriptors, memory, and the places where an honest client would
 * do its handshake.
 */
@Timeout(180)
final class HalfOpenAndSlowLorisAttackIT {

    private static final int CONNECTIONS = 5_000;
    private static final byte[] HEADER =
            "\u0013/multistream/1.0.0\n".getBytes(StandardCharsets.US_ASCII);

    /** A handshake record of 15,872 bytes, of which five come. */
    private static final byte[] ENDLESS_RECORD = {0x16, 3, 1, 0x3e, 0};

    private static final int BESIDES = 64;

    @Test
    void five_thousand_connections_that_never_say_who_they_are() throws Exception {
        try (Siege siege = new Siege(Limits.DEFAULT, HostLimits.UPGRADE_TIMEOUT)) {
            long limit = siege.usage(Limit.HANDSHAKES).bound();
            int before = Siege.openDescriptors();
            List<SocketChannel> slow = new ArrayList<>();
            try (Strangers strangers = new Strangers(siege.address())) {
                for (int i = 0; i < CONNECTIONS; i++) {
                    SocketChannel socket = strangers.connect();
                    switch (i % 3) {
                        case 0 -> slow.add(socket);
                        case 1 -> {
                            Strangers.say(socket, HEADER);
                            Strangers.say(socket, Strangers.message("/tls/1.0.0"));
                            Strangers.say(socket, ENDLESS_RECORD);
                        }
                        default -> {
                            // Says nothing.
                        }
                    }
                    assertThat(siege.usage(Limit.HANDSHAKES).used()).isLessThanOrEqualTo(limit);
                }
                Siege.await(() -> siege.usage(Limit.HANDSHAKES).refused() >= CONNECTIONS - limit);
                siege.serveMore(3);
                Siege.await(() -> strangers.stillOpen() <= limit);

                int ofTheVictim = Siege.openDescriptors() - before - strangers.stillOpen();
                assertThat(ofTheVictim).isLessThanOrEqualTo((int) limit + BESIDES);
                assertThat(siege.moreDirectMemory()).isLessThan(64L * 1024 * 1024);

                sendAByteNowAndThen(slow, strangers);
                assertThat(strangers.stillOpen()).isZero();
                siege.serveMore(3);
            }
            assertThat(siege.failuresOfTheHonest()).isEmpty();
            Siege.await(() -> siege.usage(Limit.HANDSHAKES).used() == 0);
        }
    }

    /** Twenty bytes are one header: nobody gets to its end before its time is over. */
    private static void sendAByteNowAndThen(List<SocketChannel> slow, Strangers strangers) {
        for (int sent = 0; sent < HEADER.length - 1 && strangers.stillOpen() > 0; sent++) {
            for (SocketChannel socket : slow) {
                Strangers.say(socket, HEADER[sent]);
            }
            long next = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            while (System.nanoTime() < next && strangers.stillOpen() > 0) {
                LockSupport.parkNanos(10_000_000);
            }
        }
    }
}

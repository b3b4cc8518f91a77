package org.flowshield.node.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.libp2p.detached.DetachedMemory;
import org.flowshield.node.tunnel.path.PathLimits;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MemoryTun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What clients that do nothing hold of a provider's memory. {@code ./dev bench clients} for 200.
 */
@Timeout(60)
final class IdleClientsIT {

    private static final int CLIENTS = 30;

    private final List<TestProvider.Client> clients = new ArrayList<>();
    private final ByteBuffer batch = ByteBuffer.allocateDirect(2 * Frame.MAX);
    private TestProvider provider;
    private long mostHeld;

    @BeforeEach
    void connect() throws Exception {
        provider = new TestProvider(TestProvider.Security.TLS, PathLimits.DEFAULT);
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(provider.connect(2));
        }
    }

    @AfterEach
    void close() {
        clients.forEach(TestProvider.Client::close);
        provider.close();
    }

    @Test
    void lanes_without_traffic_hold_no_buffer() throws Exception {
        for (TestProvider.Client client : clients) {
            carry(client, TestPackets.TCP);
            carry(client, TestPackets.OTHER);
        }
        // The detector sees buffers while there are some.
        assertThat(mostHeld).isPositive();

        while (DetachedMemory.heldBytes() > 0) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }

        assertThat(provider.path().backlogBytes()).isZero();
        assertThat(provider.service().sessions()).hasSize(CLIENTS);
        carry(clients.getFirst(), TestPackets.TCP);
        carry(clients.getLast(), TestPackets.OTHER);
    }

    /** One packet each way. */
    private void carry(TestProvider.Client client, byte protocol) throws Exception {
        move(client, true, protocol, client.device().right(), provider.internet());
        move(client, false, protocol, provider.internet(), client.device().right());
    }

    private void move(
            TestProvider.Client client, boolean up, byte protocol, MemoryTun from, MemoryTun to)
            throws Exception {
        int payload = TestPackets.append(batch.clear(), client.grant(), up, protocol, 1000);
        batch.putLong(payload, System.identityHashCode(client));
        assertThat(from.write(batch.flip())).isEqualTo(1);
        to.read(batch.clear(), true);
        mostHeld = Math.max(mostHeld, DetachedMemory.heldBytes());
        assertThat(batch.getLong(payload)).isEqualTo(System.identityHashCode(client));
    }
}

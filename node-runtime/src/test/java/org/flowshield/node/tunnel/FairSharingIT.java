package org.flowshield.node.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.flowshield.node.tunnel.path.InnerAddresses;
import org.flowshield.node.tunnel.path.PathCounters;
import org.flowshield.node.tunnel.path.PathLimits;
import org.flowshield.node.tunnel.queue.Rate;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MalformedFrameException;
import org.flowshield.tun.MemoryTun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Twenty clients want more than a provider gives in total; one of them reads nothing. What each
 * gets is compared with what the others get, not with a clock; and not at one moment, in which a
 * thread may have been kept from its processor: shares that are equal come together, others never.
 */
@Timeout(60)
final class FairSharingIT {

    private static final int CLIENTS = 20;

    /** 400 kB/s for each: far below what any machine can do, so that the rate is what is shared. */
    private static final Rate TOTAL = new Rate(8_000_000);

    /** Twenty-four turns of an upload: where in its turn each is counted does not matter. */
    private static final long ENOUGH = 1536 * 1024;

    private static final int PAYLOAD = 1300;

    private final List<TestProvider.Client> clients = new ArrayList<>();
    private TestProvider provider;
    private volatile boolean stopped;

    @BeforeEach
    void connect() throws Exception {
        PathLimits limits = PathLimits.DEFAULT.withRates(Rate.UNLIMITED, TOTAL);
        provider = new TestProvider(TestProvider.Security.TLS, limits);
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(provider.connect(1 + i % 2));
        }
    }

    @AfterEach
    void close() {
        stopped = true;
        clients.forEach(TestProvider.Client::close);
        provider.close();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, MalformedFrameException;
    }

    private void start(Work work) {
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                work.run();
                            } catch (AsynchronousCloseException e) {
                                assertThat(stopped).isTrue();
                            } catch (IOException | MalformedFrameException e) {
                                throw new IllegalStateException(e);
                            }
                        });
    }

    @Test
    void downloads_share_the_total_and_a_client_that_does_not_read_holds_nobody_up()
            throws Exception {
        List<AtomicLong> received = new ArrayList<>();
        for (TestProvider.Client client : clients.subList(1, CLIENTS)) {
            AtomicLong bytes = new AtomicLong();
            received.add(bytes);
            start(() -> count(client.device().right(), bytes));
        }
        start(this::flood);

        awaitFair(() -> received.stream().map(AtomicLong::get).toList());

        assertThat(provider.service().sessions()).hasSize(CLIENTS);
        // Nobody is billed for what no socket took.
        PathCounters stalled = clients.getFirst().tunnel().counters();
        assertThat(stalled.receivedBytes()).isLessThan(ENOUGH);
    }

    /** Offers each client a different rate, all above its share. */
    private void flood() throws IOException, MalformedFrameException {
        ByteBuffer batch = ByteBuffer.allocateDirect(8 * CLIENTS * 1500);
        while (!stopped) {
            batch.clear();
            for (int i = 0; i < CLIENTS; i++) {
                for (int packets = 0; packets <= i % 4; packets++) {
                    TestPackets.append(
                            batch, clients.get(i).grant(), false, TestPackets.TCP, PAYLOAD);
                }
            }
            provider.internet().write(batch.flip());
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    private static void count(MemoryTun device, AtomicLong bytes) throws IOException {
        ByteBuffer batch = ByteBuffer.allocateDirect(2 * Frame.MAX);
        while (true) {
            device.read(batch.clear(), true);
            bytes.addAndGet(batch.position());
        }
    }

    @Test
    void uploads_share_the_total_however_many_lanes_each_has() throws Exception {
        start(() -> count(provider.internet(), new AtomicLong()));
        for (TestProvider.Client client : clients.subList(1, CLIENTS)) {
            start(() -> upload(client));
        }

        Set<InnerAddresses> uploading =
                clients.subList(1, CLIENTS).stream()
                        .map(client -> client.grant().inner())
                        .collect(Collectors.toSet());
        awaitFair(
                () ->
                        provider.service().sessions().stream()
                                .filter(session -> uploading.contains(session.inner()))
                                .map(session -> session.carried().receivedBytes())
                                .toList());
    }

    /** Sends two flows, which take both lanes if there are two. */
    private void upload(TestProvider.Client client) throws IOException, MalformedFrameException {
        ByteBuffer batch = ByteBuffer.allocateDirect(20 * 1500);
        while (!stopped) {
            batch.clear();
            for (int i = 0; i < 20; i++) {
                int payload =
                        TestPackets.append(batch, client.grant(), true, TestPackets.TCP, PAYLOAD);
                batch.putShort(payload - TestPackets.TCP_HEADER, (short) (1000 + i % 2));
            }
            client.device().right().write(batch.flip());
        }
    }

    /** Waits until each has enough and none has a fifth more than another. */
    private static void awaitFair(Supplier<List<Long>> bytes) {
        while (true) {
            List<Long> now = bytes.get();
            long least = now.stream().mapToLong(Long::longValue).min().orElseThrow();
            long most = now.stream().mapToLong(Long::longValue).max().orElseThrow();
            if (least > ENOUGH && most < least * 12 / 10) {
                assertThat(now).hasSize(CLIENTS - 1);
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}

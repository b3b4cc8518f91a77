package org.flowshield.node.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.node.tunnel.path.PathLimits;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MemoryTun;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two real hosts, devices in memory that lose nothing: what goes in comes out. */
@Timeout(60)
final class TransferIT {

    private static final int BYTES = 64 << 20;

    private static final int PAYLOAD = TestProvider.MTU - TestPackets.HEADERS;

    private static final int BATCH = 20;

    /** Far less than the sockets hold: like TCP, and unlike a flood, it makes no jam. */
    private static final int WINDOW = 96 * 1024;

    @ParameterizedTest
    @EnumSource(TestProvider.Security.class)
    void sixty_four_mebibytes_each_way_arrive_as_they_were(TestProvider.Security security)
            throws Exception {
        try (TestProvider provider = new TestProvider(security, PathLimits.DEFAULT);
                TestProvider.Client client = provider.connect(1)) {
            MemoryTun own = client.device().right();
            AtomicLong upTo = new AtomicLong();
            AtomicLong downTo = new AtomicLong();
            FutureTask<String> up = receive(provider.internet(), upTo);
            FutureTask<String> down = receive(own, downTo);
            FutureTask<String> uploaded = send(client, true, own, upTo);
            FutureTask<String> downloaded = send(client, false, provider.internet(), downTo);

            assertThat(up.get()).isEqualTo(uploaded.get());
            assertThat(down.get()).isEqualTo(downloaded.get());
            assertThat(up.get()).isNotEqualTo(down.get());
            assertThat(client.tunnel().counters().dropped()).isZero();
        }
    }

    private static FutureTask<String> start(FutureTask<String> task) {
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private static FutureTask<String> send(
            TestProvider.Client client, boolean up, MemoryTun device, AtomicLong received) {
        return start(
                new FutureTask<>(
                        () -> {
                            Random random = new Random(up ? 1 : 2);
                            MessageDigest digest = MessageDigest.getInstance("SHA-256");
                            ByteBuffer batch = ByteBuffer.allocateDirect(BATCH * 1500);
                            byte[] bytes = new byte[PAYLOAD];
                            for (int left = BYTES; left > 0; ) {
                                while (BYTES - left - received.get() > WINDOW) {
                                    LockSupport.parkNanos(10_000);
                                }
                                batch.clear();
                                for (int i = 0; i < BATCH && left > 0; i++) {
                                    int part = Math.min(left, PAYLOAD);
                                    random.nextBytes(bytes);
                                    digest.update(bytes, 0, part);
                                    int at =
                                            TestPackets.append(
                                                    batch,
                                                    client.grant(),
                                                    up,
                                                    TestPackets.TCP,
                                                    part);
                                    batch.put(at, bytes, 0, part);
                                    left -= part;
                                }
                                device.write(batch.flip());
                            }
                            return HexFormat.of().formatHex(digest.digest());
                        }));
    }

    private static FutureTask<String> receive(MemoryTun device, AtomicLong received) {
        return start(
                new FutureTask<>(
                        () -> {
                            MessageDigest digest = MessageDigest.getInstance("SHA-256");
                            ByteBuffer batch = ByteBuffer.allocateDirect(4 * Frame.MAX);
                            int left = BYTES;
                            while (left > 0) {
                                device.read(batch.clear(), true);
                                batch.flip();
                                for (int at = 0; at < batch.limit(); ) {
                                    int length = Frame.length(batch, at);
                                    int payload = length - TestPackets.HEADERS;
                                    digest.update(
                                            batch.slice(
                                                    at + Frame.HEADER + TestPackets.HEADERS,
                                                    payload));
                                    left -= payload;
                                    at += Frame.HEADER + length;
                                }
                                received.set(BYTES - left);
                            }
                            return HexFormat.of().formatHex(digest.digest());
                        }));
    }
}

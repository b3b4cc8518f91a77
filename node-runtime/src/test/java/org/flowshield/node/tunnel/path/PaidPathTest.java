package org.flowshield.node.tunnel.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.flowshield.node.tunnel.credit.CreditGate;
import org.flowshield.node.tunnel.credit.PaidMeter;
import org.flowshield.node.tunnel.credit.PaidMeter.Metered;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MemoryTun;
import org.flowshield.tun.MemoryTun.Overflow;
import org.flowshield.tun.Offloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client's path and a provider's, joined by lanes in memory, with a gate at each end. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PaidPathTest {

    private static final String CLIENT = "100.64.0.2";
    private static final String SERVER = "192.0.2.80";
    private static final int MTU = 1420;
    private static final int ROOM = 1 << 20;

    /** The first of a session. */
    private static final long WINDOW = 256 * 1024;

    private static final int PACKETS = 5000;

    private final PathThreads threads = new PathThreads();
    private final BlockingQueue<PathEnd> ends = new LinkedBlockingQueue<>();
    private final MemoryTun.Pair near =
            MemoryTun.pair(MTU, Offloads.ALL, Offloads.ALL, Overflow.WAIT, ROOM);
    private final MemoryTun.Pair far =
            MemoryTun.pair(MTU, Offloads.ALL, Offloads.ALL, Overflow.WAIT, ROOM);
    private final List<MemoryLane.Pair> lanes =
            List.of(MemoryLane.pair(ROOM, 1), MemoryLane.pair(ROOM, 2), MemoryLane.pair(ROOM, 3));
    private final CreditGate payer = new CreditGate(Long.MAX_VALUE);
    private final CreditGate payee = new CreditGate(0);
    private final ProviderPath provider = new ProviderPath(far.left(), ends::add);
    private final ClientPath client =
            new ClientPath(
                    near.left(),
                    TestFrames.addresses(CLIENT, "fd00::2"),
                    List.of(lanes.get(0).left(), lanes.get(1).left()),
                    lanes.get(2).left(),
                    payer,
                    ends::add);

    @AfterEach
    void close() throws Exception {
        client.close();
        provider.close();
        lanes.forEach(MemoryLane.Pair::close);
        near.close();
        far.close();
        threads.awaitEnd();
    }

    private void start() {
        SessionPath session =
                provider.add(
                        TestFrames.addresses(CLIENT, "fd00::2"), Offloads.ALL, payee, ends::add);
        session.attach(0, false, lanes.get(0).right());
        session.attach(1, false, lanes.get(1).right());
        session.attach(0, true, lanes.get(2).right());
        provider.start();
        client.start();
    }

    private static byte[] up(int number) {
        return number % 5 == 0
                ? TestFrames.udp(CLIENT, SERVER, 40_000 + number % 7, 600)
                : TestFrames.tcp(CLIENT, SERVER, 1000 + number % 7, 1300);
    }

    /** With all ports equal, the answer's flow is that of what was sent. */
    private static byte[] down(int number) {
        byte[] packet = up(number);
        byte[] answer =
                number % 5 == 0
                        ? TestFrames.udp(SERVER, CLIENT, 443, 600)
                        : TestFrames.tcp(SERVER, CLIENT, 443, 1300);
        answer[22] = packet[20];
        answer[23] = packet[21];
        return answer;
    }

    private static void send(MemoryTun device, byte[] packet) throws Exception {
        device.write(TestFrames.batch(packet));
    }

    /** At least so many. */
    private static List<byte[]> receive(MemoryTun device, int count) throws Exception {
        List<byte[]> packets = new ArrayList<>();
        ByteBuffer batch = ByteBuffer.allocateDirect(2 * Frame.MAX);
        while (packets.size() < count) {
            device.read(batch.clear(), true);
            packets.addAll(TestFrames.packets(batch.flip()));
        }
        return packets;
    }

    /** Sends so that never much is under way, as TCP would; gives the bytes that arrived. */
    private static FutureTask<Long> transfer(
            MemoryTun from, MemoryTun to, IntFunction<byte[]> packets) {
        Semaphore window = new Semaphore(200);
        start(
                new FutureTask<>(
                        () -> {
                            for (int i = 0; i < PACKETS; i++) {
                                window.acquire();
                                send(from, packets.apply(i));
                            }
                            return true;
                        }));
        return start(
                new FutureTask<>(
                        () -> {
                            long bytes = 0;
                            for (int left = PACKETS; left > 0; ) {
                                List<byte[]> arrived = receive(to, 1);
                                for (byte[] packet : arrived) {
                                    bytes += packet.length;
                                }
                                window.release(arrived.size());
                                left -= arrived.size();
                            }
                            return bytes;
                        }));
    }

    private static <T> FutureTask<T> start(FutureTask<T> task) {
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    /** Pays for each half of a window, and when told that it is blocked. */
    private void pay() {
        AtomicLong paid = new AtomicLong();
        Semaphore due = new Semaphore(1);
        payee.onBlocked(due::release);
        start(
                new FutureTask<>(
                        () -> {
                            while (true) {
                                due.acquire();
                                long billed = payer.metered().billable();
                                paid.accumulateAndGet(billed, Math::max);
                                payer.watch(paid.get() + WINDOW / 2, due::release);
                                // What is on its way to the client is charged and not yet counted.
                                long charged = payee.metered().billable();
                                payee.allow(Math.max(paid.get(), charged) + WINDOW);
                            }
                        }));
    }

    @Test
    void all_arrives_however_often_it_is_paused_and_both_ends_count_the_same() throws Exception {
        pay();
        start();
        FutureTask<Long> uploaded = transfer(near.right(), far.right(), PaidPathTest::up);
        long bytes = uploaded.get();
        FutureTask<Long> downloaded = transfer(far.right(), near.right(), PaidPathTest::down);

        assertThat(downloaded.get()).isEqualTo(bytes);
        assertThat(payer.metered()).isEqualTo(new Metered(bytes, bytes, 0));
        assertThat(payee.metered()).isEqualTo(new Metered(bytes, bytes, 0));
    }

    @Test
    void nothing_passes_before_it_is_paid_and_no_more_than_that_after() throws Exception {
        Semaphore blocked = new Semaphore(0);
        payee.onBlocked(blocked::release);
        start();
        for (int i = 0; i < 100; i++) {
            send(near.right(), up(i));
            send(far.right(), down(i));
        }
        blocked.acquire();
        assertThat(payee.metered()).isEqualTo(new Metered(0, 0, 0));

        payee.allow(50_000);
        blocked.acquire();
        long billed = payee.metered().billable();
        while (billed < 50_000) {
            billed = payee.metered().billable(); // what another lane is about to count
        }
        assertThat(billed).isLessThan(50_000 + MTU).isLessThan(50_000 + PaidMeter.MAX_OVERSHOOT);

        payee.allow(Long.MAX_VALUE);
        assertThat(receive(far.right(), 100)).hasSize(100);
        assertThat(receive(near.right(), 100)).hasSize(100);
    }

    @Test
    void a_paused_session_holds_nobody_else_up() throws Exception {
        start();
        MemoryLane.Pair lane = MemoryLane.pair(ROOM, 4);
        SessionPath free =
                provider.add(
                        TestFrames.addresses("100.64.0.3", "fd00::3"), Offloads.ALL, ends::add);
        free.attach(0, false, lane.right());
        for (int i = 0; i < 5000; i++) {
            send(far.right(), down(i));
        }
        byte[] others = TestFrames.tcp(SERVER, "100.64.0.3", 443, 1300);

        send(far.right(), others);

        assertThat(TestFrames.packet(lane.left())).isEqualTo(others);
        assertThat(payee.metered()).isEqualTo(new Metered(0, 0, 0));
        lane.close();
    }

    @Test
    void a_paused_client_sends_nothing_and_its_device_is_read_on() throws Exception {
        payer.allow(0);
        payee.allow(Long.MAX_VALUE);
        start();
        for (int i = 0; i < 5000; i++) {
            send(near.right(), up(i));
        }
        assertThat(payer.metered()).isEqualTo(new Metered(0, 0, 0));

        payer.allow(Long.MAX_VALUE);

        assertThat(receive(far.right(), 100)).hasSizeGreaterThanOrEqualTo(100);
    }

    @Test
    void noise_of_a_provider_arrives_and_is_not_billed() throws Exception {
        payee.allow(Long.MAX_VALUE);
        start();
        byte[] noise = TestFrames.tcp("192.0.2.66", CLIENT, 443, 1000);

        send(far.right(), noise);

        assertThat(receive(near.right(), 1)).containsExactly(noise);
        assertThat(payer.metered()).isEqualTo(new Metered(0, 0, noise.length));
        assertThat(payee.metered()).isEqualTo(new Metered(noise.length, 0, 0));
    }

    @Test
    void closing_gets_through_while_both_ends_are_paused() throws Exception {
        payer.allow(0);
        start();
        send(near.right(), up(0));
        send(far.right(), down(0));
        while (!payer.blocked() || !payee.blocked()) {
            Thread.onSpinWait();
        }

        client.close();
        provider.close();

        threads.awaitEnd();
        // The session's own end is the client's going or the provider's, whichever it sees first.
        assertThat(ends)
                .hasSize(3)
                .extracting(PathEnd::reason)
                .isSubsetOf(PathEnd.Reason.CLOSED, PathEnd.Reason.LANE_ENDED);
    }
}

package org.flowshield.node.tunnel.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flowshield.node.tunnel.path.PathEnd.Reason;
import org.flowshield.node.tunnel.queue.BacklogMemory;
import org.flowshield.tun.Drops;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MemoryTun;
import org.flowshield.tun.MemoryTun.Overflow;
import org.flowshield.tun.Offloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ProviderPathTest {

    private static final String SERVER = "192.0.2.80";
    private static final String SERVER6 = "2001:db8::80";
    private static final int MTU = 1420;

    /** A lane with this much room is never full in these tests. */
    private static final int WIDE = 16 << 20;

    private final PathThreads threads = new PathThreads();
    private final BlockingQueue<PathEnd> ends = new LinkedBlockingQueue<>();
    private final List<Client> clients = new ArrayList<>();
    private final MemoryTun.Pair tun =
            MemoryTun.pair(MTU, Offloads.ALL, Offloads.ALL, Overflow.WAIT, 4 << 20);
    private final ProviderPath path = new ProviderPath(tun.left(), ends::add);

    @AfterEach
    void close() throws Exception {
        path.close();
        clients.forEach(client -> client.lane.close());
        tun.close();
        threads.awaitEnd();
    }

    /** A session and the client's end of its only lane. */
    private final class Client {
        private final String v4;
        private final String v6;
        private final MemoryLane.Pair lane;
        private final BlockingQueue<PathEnd> sessionEnds = new LinkedBlockingQueue<>();
        private final SessionPath session;

        Client(int number, int capacity, Offloads takes) {
            v4 = "100.64.0." + number;
            v6 = "fd00::" + number;
            lane = MemoryLane.pair(capacity, number);
            session = path.add(TestFrames.addresses(v4, v6), takes, sessionEnds::add);
            assertThat(session.attach(0, false, lane.right())).isTrue();
            clients.add(this);
        }

        List<byte[]> receive(int count) throws IOException {
            List<byte[]> packets = new ArrayList<>();
            while (packets.size() < count) {
                packets.add(TestFrames.packet(lane.left()));
            }
            return packets;
        }

        /** All until the provider closes the lane. */
        List<byte[]> receiveToEnd() throws IOException {
            List<byte[]> packets = new ArrayList<>();
            try {
                while (true) {
                    packets.add(TestFrames.packet(lane.left()));
                }
            } catch (EOFException e) {
                return packets;
            }
        }

        byte[] packet(int number, int payload) {
            return number % 3 == 0
                    ? TestFrames.udp(SERVER6, v6, number & 0xffff, payload)
                    : TestFrames.tcp(SERVER, v4, number & 0xffff, payload);
        }
    }

    private Client client(int number) {
        return new Client(number, WIDE, Offloads.ALL);
    }

    /** The internet's side of the device sends. */
    private void fromInternet(byte[]... packets) throws Exception {
        tun.right().write(TestFrames.batch(packets));
    }

    private List<byte[]> toInternet(int count) throws Exception {
        List<byte[]> packets = new ArrayList<>();
        ByteBuffer batch = ByteBuffer.allocateDirect(2 * Frame.MAX);
        while (packets.size() < count) {
            tun.right().read(batch.clear(), true);
            packets.addAll(TestFrames.packets(batch.flip()));
        }
        return packets;
    }

    @Test
    void each_session_gets_its_packets_in_order_out_of_mixed_batches() throws Exception {
        List<Client> all = List.of(client(2), client(3), client(4));
        List<List<byte[]>> sent = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Random random = new Random(11);
        path.start();
        for (int round = 0; round < 100; round++) {
            List<byte[]> batch = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                int to = random.nextInt(3);
                byte[] packet = all.get(to).packet(random.nextInt(1000), random.nextInt(1300));
                batch.add(packet);
                sent.get(to).add(packet);
                if (random.nextInt(10) == 0) {
                    batch.add(TestFrames.udp(SERVER, "100.64.0.99", 1, 10));
                }
            }
            fromInternet(batch.toArray(byte[][]::new));
        }
        for (int i = 0; i < 3; i++) {
            assertThat(all.get(i).receive(sent.get(i).size()))
                    .containsExactly(sent.get(i).toArray(byte[][]::new));
            assertThat(all.get(i).session.counters().sentPackets()).isEqualTo(sent.get(i).size());
            assertThat(all.get(i).session.counters().dropped()).isZero();
        }
        assertThat(path.unroutable()).isPositive();
    }

    @Test
    void a_session_sends_from_its_own_addresses_only() throws Exception {
        Client one = client(2);
        byte[] good = TestFrames.udp(one.v4, SERVER, 1, 9);
        byte[] good6 = TestFrames.udp(one.v6, SERVER6, 1, 9);
        byte[] forged = TestFrames.udp("100.64.0.3", SERVER, 1, 9);

        one.lane.left().send(TestFrames.batch(forged, good, forged, good6, forged), true);

        assertThat(toInternet(2)).containsExactly(good, good6);
        one.lane.left().close();
        assertThat(one.sessionEnds.take().reason()).isEqualTo(Reason.LANE_ENDED);
        assertThat(one.session.counters().dropped()).isEqualTo(3);
        assertThat(one.session.counters().receivedBytes()).isEqualTo(good.length + good6.length);
    }

    @Test
    void a_client_that_never_reads_does_not_hold_up_the_others() throws Exception {
        Client deaf = new Client(2, 1000, Offloads.ALL);
        Client other = client(3);
        path.start();
        byte[][] expected = new byte[5000][];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = other.packet(i, 1000);
            fromInternet(deaf.packet(i, 1300), expected[i]);
        }

        assertThat(other.receive(expected.length)).containsExactly(expected);
        PathCounters counted = deaf.session.counters();
        assertThat(counted.dropped()).isPositive();
        assertThat(counted.sentPackets() + counted.dropped()).isLessThanOrEqualTo(5000);
        assertThat(deaf.sessionEnds).isEmpty();
    }

    @Test
    void a_session_may_go_while_its_packets_come() throws Exception {
        Client going = client(2);
        Client staying = client(3);
        path.start();
        byte[][] expected = new byte[3000][];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = staying.packet(i, 100);
            fromInternet(going.packet(i, 100), expected[i], going.packet(i, 50));
            if (i == 1000) {
                going.lane.left().close();
            }
        }

        assertThat(staying.receive(expected.length)).containsExactly(expected);
        assertThat(going.sessionEnds.take().reason()).isEqualTo(Reason.LANE_ENDED);
        assertThat(going.sessionEnds).isEmpty();
        assertThat(ends).isEmpty();

        Client next = client(2);
        byte[] packet = next.packet(1, 1);
        fromInternet(packet);
        assertThat(next.receive(1)).containsExactly(packet);
    }

    @Test
    void a_broken_lane_takes_packets_until_its_session_has_ended() throws Exception {
        BlockingQueue<PathEnd> sessionEnds = new LinkedBlockingQueue<>();
        byte[] packet = TestFrames.tcp(SERVER, "100.64.0.2", 1, 100);
        try (MemoryLane.Pair lane = MemoryLane.pair(WIDE);
                SessionPath session =
                        new SessionPath(
                                tun.left(),
                                TestFrames.addresses("100.64.0.2", "fd00::2"),
                                Offloads.ALL,
                                () -> true,
                                new BacklogMemory(PathLimits.BACKLOG_BYTES),
                                null,
                                null,
                                // As the device's reader does that found the session before.
                                going -> {
                                    going.send(TestFrames.batch(packet));
                                    going.send(TestFrames.batch(packet));
                                },
                                sessionEnds::add)) {
            assertThat(session.attach(0, false, lane.right())).isTrue();

            lane.left().close();

            assertThat(sessionEnds.take().reason()).isEqualTo(Reason.LANE_ENDED);
            assertThat(session.counters().sentPackets()).isZero();
        }
        assertThat(sessionEnds).isEmpty();
    }

    @Test
    void a_session_that_goes_late_does_not_take_its_successors_addresses_away() throws Exception {
        Client first = client(2);
        Client second = client(2);
        path.start();
        first.session.close();

        byte[] packet = second.packet(1, 1);
        fromInternet(packet);

        assertThat(second.receive(1)).containsExactly(packet);
    }

    @Test
    void a_client_without_offloads_gets_plain_packets() throws Exception {
        Client client = new Client(2, WIDE, Offloads.NONE);
        path.start();
        // Segments of 64 bytes: cut up, the super-packet fills more than one send.
        byte[] one = TestFrames.tcp(SERVER, client.v4, 443, 65_535 - 40);
        byte[] frame = TestFrames.frame(Frame.TCP, Frame.CHECKSUM_INCOMPLETE, 64, one);
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < 5; i++) {
            frames.writeBytes(frame);
        }
        tun.right()
                .write(ByteBuffer.allocateDirect(frames.size()).put(frames.toByteArray()).flip());

        int segments = Math.ceilDiv(one.length - 40, 64);
        List<byte[]> packets = client.receive(5 * segments);

        for (int i = 0; i < 5; i++) {
            ByteArrayOutputStream payload = new ByteArrayOutputStream();
            for (byte[] packet : packets.subList(i * segments, (i + 1) * segments)) {
                assertThat(packet).hasSizeLessThanOrEqualTo(40 + 64);
                payload.write(packet, 40, packet.length - 40);
            }
            assertThat(payload.toByteArray()).isEqualTo(Arrays.copyOfRange(one, 40, one.length));
        }
    }

    @Test
    void a_client_with_offloads_gets_super_packets_whole() throws Exception {
        Client client = client(2);
        path.start();
        byte[] big = TestFrames.tcp(SERVER, client.v4, 443, 65_535 - 40);
        byte[] frame = TestFrames.frame(Frame.TCP, Frame.CHECKSUM_INCOMPLETE, 1380, big);

        tun.right().write(ByteBuffer.allocateDirect(frame.length).put(frame).flip());

        assertThat(client.receive(1)).containsExactly(big);
    }

    @Test
    void a_lane_can_be_attached_once() throws Exception {
        Client client = client(2);
        path.start();
        try (MemoryLane.Pair again = MemoryLane.pair(WIDE);
                MemoryLane.Pair datagrams = MemoryLane.pair(WIDE);
                MemoryLane.Pair more = MemoryLane.pair(WIDE)) {
            assertThat(client.session.attach(0, false, again.right())).isFalse();
            assertThat(again.right().isClosed()).isTrue();
            assertThat(client.session.attach(0, true, datagrams.right())).isTrue();
            assertThat(client.session.attach(0, true, more.right())).isFalse();
            assertThat(more.right().isClosed()).isTrue();

            byte[] packet = TestFrames.tcp(SERVER, client.v4, 1, 1);
            fromInternet(packet);
            assertThat(client.receive(1)).containsExactly(packet);
        }
    }

    @Test
    void a_lane_that_comes_after_the_end_is_closed() throws Exception {
        Client client = client(2);
        client.session.close();
        try (MemoryLane.Pair late = MemoryLane.pair(WIDE)) {
            assertThat(client.session.attach(1, false, late.right())).isFalse();
            assertThat(late.right().isClosed()).isTrue();
        }
        assertThat(client.sessionEnds.take().reason()).isEqualTo(Reason.CLOSED);
        threads.awaitEnd();
    }

    @Test
    void closing_ends_all_sessions_and_leaves_nothing() throws Exception {
        Client one = client(2);
        Client jammed = new Client(3, 10, Offloads.ALL);
        path.start();
        fromInternet(jammed.packet(1, 500));
        jammed.lane.left().receive(1, true);

        path.close();
        path.close();

        assertThat(ends.take().reason()).isEqualTo(Reason.CLOSED);
        assertThat(one.sessionEnds.take().reason()).isEqualTo(Reason.CLOSED);
        assertThat(jammed.sessionEnds.take().reason()).isEqualTo(Reason.CLOSED);
        threads.awaitEnd();
        assertThat(ends).isEmpty();
        assertThat(one.sessionEnds).isEmpty();
        assertThat(one.lane.right().isClosed()).isTrue();
        assertThat(jammed.lane.right().isClosed()).isTrue();
    }

    @Test
    void a_session_that_comes_after_the_end_ends_at_once() throws Exception {
        path.close();
        BlockingQueue<PathEnd> sessionEnds = new LinkedBlockingQueue<>();
        path.add(TestFrames.addresses("100.64.0.2", "fd00::2"), Offloads.ALL, sessionEnds::add);

        assertThat(sessionEnds.take().reason()).isEqualTo(Reason.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(FailingTun.Failure.class)
    void a_device_that_fails_ends_all_sessions_with_that_reason(FailingTun.Failure failure)
            throws Exception {
        FailingTun device = new FailingTun(tun.left(), failure).failReads();
        try (ProviderPath failing = new ProviderPath(device, ends::add)) {
            BlockingQueue<PathEnd> sessionEnds = new LinkedBlockingQueue<>();
            failing.add(
                    TestFrames.addresses("100.64.0.9", "fd00::9"), Offloads.ALL, sessionEnds::add);
            failing.start();

            PathEnd end = ends.take();
            assertThat(end.reason())
                    .isEqualTo(
                            failure == FailingTun.Failure.BUG
                                    ? Reason.INTERNAL
                                    : Reason.DEVICE_FAILED);
            assertThat(sessionEnds.take()).isEqualTo(end);
        }
    }

    @Test
    void a_client_that_sends_what_cannot_be_read_ends_alone() throws Exception {
        Client bad = client(2);
        Client good = client(3);
        path.start();
        bad.lane.left().feedPeer(new byte[Frame.HEADER]);

        assertThat(bad.sessionEnds.take().reason()).isEqualTo(Reason.MALFORMED);
        FutureTask<List<byte[]>> rest = new FutureTask<>(bad::receiveToEnd);
        rest.run();
        assertThat(rest.get()).isEmpty();
        byte[] packet = good.packet(1, 1);
        fromInternet(packet);
        assertThat(good.receive(1)).containsExactly(packet);
        assertThat(tun.left().drops().count(Drops.Reason.NOT_IP)).isZero();
    }
}

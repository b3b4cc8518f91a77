package org.flowshield.node.tunnel.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.node.tunnel.path.PathEnd.Reason;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MemoryTun;
import org.flowshield.tun.MemoryTun.Overflow;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.Tun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ClientPathTest {

    private static final String CLIENT = "100.64.0.2";
    private static final String CLIENT6 = "fd00::2";
    private static final String SERVER = "192.0.2.80";
    private static final int ROOM = 1 << 20;

    private final PathThreads threads = new PathThreads();
    private final BlockingQueue<PathEnd> ends = new LinkedBlockingQueue<>();
    private final List<MemoryLane.Pair> lanes = new ArrayList<>();
    private final MemoryTun.Pair tun =
            MemoryTun.pair(1420, Offloads.ALL, Offloads.ALL, Overflow.WAIT, ROOM);

    @AfterEach
    void close() {
        lanes.forEach(MemoryLane.Pair::close);
        tun.close();
    }

    private DetachedStream lane(int capacity) {
        lanes.add(MemoryLane.pair(capacity));
        return lanes.getLast().left();
    }

    /** A path with two bulk lanes and one for datagrams. */
    private ClientPath path(Tun device) {
        return new ClientPath(
                device,
                TestFrames.addresses(CLIENT, CLIENT6),
                List.of(lane(ROOM), lane(ROOM)),
                lane(ROOM),
                ends::add);
    }

    private ClientPath started() {
        ClientPath path = path(tun.left());
        path.start();
        return path;
    }

    /** The application's side of the device sends. */
    private void fromApplication(byte[]... packets) throws Exception {
        ByteBuffer batch = TestFrames.batch(packets);
        tun.right().write(batch);
    }

    private List<byte[]> toApplication(int count) throws Exception {
        List<byte[]> packets = new ArrayList<>();
        ByteBuffer batch = ByteBuffer.allocateDirect(2 * Frame.MAX);
        while (packets.size() < count) {
            tun.right().read(batch.clear(), true);
            packets.addAll(TestFrames.packets(batch.flip()));
        }
        return packets;
    }

    private byte[] provider(int lane) throws Exception {
        return TestFrames.packet(lanes.get(lane).right());
    }

    /** Nothing of the path is left, and it told its end once. */
    private void assertGone(PathEnd.Reason reason) throws Exception {
        PathEnd end = ends.take();
        threads.awaitEnd();
        assertThat(end.reason()).as(end.detail()).isEqualTo(reason);
        assertThat(end.detail()).isNotBlank().doesNotContain("null");
        assertThat(ends).isEmpty();
        assertThat(lanes).allMatch(lane -> lane.left().isClosed());
        assertThatThrownBy(() -> tun.left().read(ByteBuffer.allocateDirect(Frame.MAX), false))
                .isInstanceOf(AsynchronousCloseException.class);
    }

    @Test
    void carries_packets_both_ways_and_counts_them() throws Exception {
        try (ClientPath path = started()) {
            byte[] udp = TestFrames.udp(CLIENT, SERVER, 1, 100);
            byte[] reply = TestFrames.udp(SERVER, CLIENT, 1, 300);
            byte[] reply6 = TestFrames.tcp("2001:db8::1", CLIENT6, 1, 40);
            byte[] notOurs = TestFrames.udp(SERVER, "100.64.0.3", 1, 100);

            fromApplication(udp);
            assertThat(provider(2)).isEqualTo(udp);
            lanes.get(1).right().send(TestFrames.batch(notOurs, reply, notOurs), true);
            assertThat(toApplication(1)).containsExactly(reply);
            lanes.get(0).right().send(TestFrames.batch(reply6), true);
            assertThat(toApplication(1)).containsExactly(reply6);

            PathCounters counted = path.counters();
            assertThat(counted.sentPackets()).isEqualTo(1);
            assertThat(counted.sentBytes()).isEqualTo(udp.length);
            assertThat(counted.receivedPackets()).isEqualTo(2);
            assertThat(counted.receivedBytes()).isEqualTo(reply.length + reply6.length);
        }
        assertThat(ends.take().reason()).isEqualTo(Reason.CLOSED);
    }

    @Test
    void one_batch_of_tcp_and_datagrams_goes_to_its_lanes() throws Exception {
        try (ClientPath path = path(tun.left())) {
            byte[] udp = TestFrames.udp(CLIENT, SERVER, 1, 100);
            byte[] tcp = TestFrames.tcp(CLIENT, SERVER, 1, 100);
            byte[] udp6 = TestFrames.udp(CLIENT6, "2001:db8::1", 1, 100);
            fromApplication(udp, tcp, udp, tcp, udp6);
            path.start();

            assertThat(provider(2)).isEqualTo(udp);
            assertThat(provider(2)).isEqualTo(udp);
            assertThat(provider(2)).isEqualTo(udp6);
        }
        assertThat(ends.take().reason()).isEqualTo(Reason.CLOSED);
    }

    @Test
    void closing_wakes_all_and_leaves_nothing() throws Exception {
        ClientPath path = started();
        assertThat(threads.alive()).hasSize(4);

        path.close();
        path.close();

        assertGone(Reason.CLOSED);
    }

    @Test
    void closing_before_the_start_leaves_nothing() throws Exception {
        path(tun.left()).close();

        assertGone(Reason.CLOSED);
    }

    @Test
    void closing_wakes_a_lane_that_is_jammed() throws Exception {
        ClientPath path =
                new ClientPath(
                        tun.left(),
                        TestFrames.addresses(CLIENT, CLIENT6),
                        List.of(lane(10)),
                        null,
                        ends::add);
        path.start();
        fromApplication(TestFrames.udp(CLIENT, SERVER, 1, 100));
        // Its first byte has come, so the rest waits for the socket.
        lanes.getFirst().right().receive(1, true);

        path.close();

        assertGone(Reason.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void a_lane_that_the_peer_closes_ends_the_path(int lane) throws Exception {
        started();
        lanes.get(lane).right().close();

        assertGone(Reason.LANE_ENDED);
    }

    @Test
    void a_lane_that_breaks_ends_the_path() throws Exception {
        started();
        lanes.get(1).left().breakDown("timed out");

        assertGone(Reason.LANE_ENDED);
    }

    @Test
    void a_lane_that_breaks_in_a_jam_is_not_said_to_be_closed_by_us() throws Exception {
        for (int round = 0; round < 20; round++) {
            lanes.clear();
            MemoryTun.Pair device =
                    MemoryTun.pair(1420, Offloads.ALL, Offloads.ALL, Overflow.WAIT, ROOM);
            ClientPath path =
                    new ClientPath(
                            device.left(),
                            TestFrames.addresses(CLIENT, CLIENT6),
                            List.of(lane(10)),
                            null,
                            ends::add);
            path.start();
            device.right().write(TestFrames.batch(TestFrames.udp(CLIENT, SERVER, 1, 100)));
            lanes.getFirst().right().receive(1, true);

            lanes.getFirst().left().breakDown("timed out");

            assertThat(ends.take().reason()).isEqualTo(Reason.LANE_ENDED);
            device.close();
        }
        threads.awaitEnd();
        assertThat(ends).isEmpty();
    }

    @Test
    void a_frame_that_cannot_be_read_ends_the_path() throws Exception {
        started();
        lanes.get(0).right().feedPeer(new byte[Frame.HEADER]);

        assertGone(Reason.MALFORMED);
    }

    @ParameterizedTest
    @EnumSource(FailingTun.Failure.class)
    void a_device_that_cannot_be_read_ends_the_path(FailingTun.Failure failure) throws Exception {
        path(new FailingTun(tun.left(), failure).failReads()).start();

        assertGone(reasonOf(failure));
    }

    @ParameterizedTest
    @EnumSource(FailingTun.Failure.class)
    void a_device_that_cannot_be_written_ends_the_path(FailingTun.Failure failure)
            throws Exception {
        path(new FailingTun(tun.left(), failure).failWrites()).start();
        lanes.get(0).right().send(TestFrames.batch(TestFrames.udp(SERVER, CLIENT, 1, 9)), true);

        assertGone(reasonOf(failure));
    }

    private static Reason reasonOf(FailingTun.Failure failure) {
        return switch (failure) {
            case REMOVED -> Reason.DEVICE_FAILED;
            case BUG -> Reason.INTERNAL;
        };
    }
}

package org.flowshield.node.tunnel.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.node.tunnel.queue.BacklogMemory;
import org.flowshield.tun.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LaneSetTest {

    private static final String CLIENT = "100.64.0.2";
    private static final String SERVER = "192.0.2.80";
    private static final int ROOM = 1 << 20;

    private final List<MemoryLane.Pair> lanes = new ArrayList<>();

    @AfterEach
    void close() {
        lanes.forEach(MemoryLane.Pair::close);
    }

    private LaneSender lane(LaneKind kind) {
        lanes.add(MemoryLane.pair(ROOM));
        return new LaneSender(
                lanes.getLast().left(),
                kind,
                1420,
                new BacklogMemory(PathLimits.BACKLOG_BYTES),
                null,
                () -> 0,
                () -> 0,
                end -> Assertions.fail(end.detail()));
    }

    private LaneSet bulk(int count) {
        LaneSet set = LaneSet.EMPTY;
        for (int i = 0; i < count; i++) {
            set = set.withBulk(i, lane(LaneKind.BULK));
        }
        return set;
    }

    /** What came out of a lane. */
    private List<byte[]> arrived(int lane) throws IOException {
        List<byte[]> packets = new ArrayList<>();
        DetachedStream end = lanes.get(lane).right();
        for (ByteBuffer view = end.receive(Frame.HEADER, false);
                view != null;
                view = end.receive(Frame.HEADER, false)) {
            int whole = Frame.HEADER + Frame.length(view, view.position());
            ByteBuffer frame = end.receive(whole, true);
            if (frame != null) {
                byte[] packet = new byte[whole - Frame.HEADER];
                frame.position(frame.position() + Frame.HEADER).get(packet);
                packets.add(packet);
            }
        }
        return packets;
    }

    private static int port(byte[] packet) {
        return ByteBuffer.wrap(packet).getShort(20);
    }

    @Test
    void without_lanes_every_packet_is_lost_and_counted() throws Exception {
        ByteBuffer batch =
                TestFrames.batch(
                        TestFrames.tcp(CLIENT, SERVER, 1, 9), TestFrames.udp(CLIENT, SERVER, 1, 9));

        assertThat(LaneSet.EMPTY.send(batch)).isEqualTo(2);
        assertThat(batch.hasRemaining()).isFalse();
        assertThat(LaneSet.EMPTY.all()).isEmpty();
    }

    @Test
    void a_single_lane_carries_all() throws Exception {
        byte[] tcp = TestFrames.tcp(CLIENT, SERVER, 1, 9);
        byte[] udp = TestFrames.udp("fd00::2", "2001:db8::1", 1, 9);

        assertThat(bulk(1).send(TestFrames.batch(tcp, udp, tcp))).isZero();

        assertThat(arrived(0)).containsExactly(tcp, udp, tcp);
    }

    @Test
    void datagrams_go_apart() throws Exception {
        LaneSet set = bulk(2).withDatagrams(lane(LaneKind.DATAGRAM));
        byte[] tcp = TestFrames.tcp(CLIENT, SERVER, 1, 9);
        byte[] udp = TestFrames.udp(CLIENT, SERVER, 1, 9);
        byte[] udp6 = TestFrames.udp("fd00::2", "2001:db8::1", 1, 9);
        byte[] icmp = TestFrames.udp(CLIENT, SERVER, 1, 9);
        icmp[9] = 1;

        set.send(TestFrames.batch(udp, tcp, icmp, tcp, udp6));

        assertThat(arrived(2)).containsExactly(udp, icmp, udp6);
        assertThat(arrived(0).size() + arrived(1).size()).isEqualTo(2);
        assertThat(set.all()).hasSize(3);
    }

    @Test
    void tcp_takes_the_datagram_lane_if_there_is_no_other() throws Exception {
        byte[] tcp = TestFrames.tcp(CLIENT, SERVER, 1, 9);

        assertThat(LaneSet.EMPTY.withDatagrams(lane(LaneKind.DATAGRAM)).send(TestFrames.batch(tcp)))
                .isZero();

        assertThat(arrived(0)).containsExactly(tcp);
    }

    @Test
    void flows_of_a_lane_that_is_not_there_yet_are_lost_and_counted() throws Exception {
        LaneSet set = LaneSet.EMPTY.withBulk(1, lane(LaneKind.BULK));
        List<byte[]> packets = new ArrayList<>();
        for (int port = 1; port <= 100; port++) {
            packets.add(TestFrames.tcp(CLIENT, SERVER, port, 9));
        }

        int lost = set.send(TestFrames.batch(packets));

        assertThat(lost).isBetween(1, 99);
        assertThat(arrived(0)).hasSize(100 - lost);
        assertThat(set.all()).hasSize(1);
    }

    @Test
    void packets_of_no_version_are_lost_and_counted() throws Exception {
        byte[] tcp = TestFrames.tcp(CLIENT, SERVER, 1, 9);
        byte[] nothing = new byte[50];
        byte[] cut = Arrays.copyOf(tcp, 19);

        assertThat(bulk(1).send(TestFrames.batch(nothing, tcp, cut, nothing, tcp))).isEqualTo(3);

        assertThat(arrived(0)).containsExactly(tcp, tcp);
    }

    @Test
    void each_flow_keeps_its_lane_and_its_order() throws Exception {
        LaneSet set = bulk(4);
        Random random = new Random(7);
        Map<Integer, List<byte[]>> sent = new HashMap<>();
        for (int round = 0; round < 40; round++) {
            List<byte[]> packets = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int port = 1000 + random.nextInt(32);
                // The length tells packets of a flow apart.
                byte[] packet = TestFrames.tcp(CLIENT, SERVER, port, random.nextInt(300));
                packets.add(packet);
                sent.computeIfAbsent(port, _ -> new ArrayList<>()).add(packet);
            }
            assertThat(set.send(TestFrames.batch(packets))).isZero();
        }

        Map<Integer, List<byte[]>> received = new HashMap<>();
        for (int lane = 0; lane < 4; lane++) {
            Map<Integer, List<byte[]>> flows = new HashMap<>();
            for (byte[] packet : arrived(lane)) {
                flows.computeIfAbsent(port(packet), _ -> new ArrayList<>()).add(packet);
            }
            assertThat(flows)
                    .isNotEmpty()
                    .doesNotContainKeys(received.keySet().toArray(Integer[]::new));
            received.putAll(flows);
        }
        assertThat(received).hasSameSizeAs(sent);
        received.forEach(
                (port, packets) ->
                        assertThat(packets)
                                .containsExactly(
                                        sent.getOrDefault(port, List.of()).toArray(byte[][]::new)));
    }

    @Test
    void a_run_of_frames_of_one_lane_goes_in_one_send() throws Exception {
        LaneSender bulk = lane(LaneKind.BULK);
        LaneSender datagrams = lane(LaneKind.DATAGRAM);
        LaneSet set = LaneSet.EMPTY.withBulk(0, bulk).withDatagrams(datagrams);
        byte[] tcp = TestFrames.tcp(CLIENT, SERVER, 1, 9);
        byte[] udp = TestFrames.udp(CLIENT, SERVER, 1, 9);

        set.send(TestFrames.batch(tcp, tcp, tcp, udp, udp, tcp));

        assertThat(lanes.get(0).left().sends()).isEqualTo(2);
        assertThat(lanes.get(1).left().sends()).isEqualTo(1);
        assertThat(bulk.sentPackets()).isEqualTo(4);
        assertThat(datagrams.sentPackets()).isEqualTo(2);
        assertThat(bulk.sentBytes()).isEqualTo(4L * tcp.length);
    }
}

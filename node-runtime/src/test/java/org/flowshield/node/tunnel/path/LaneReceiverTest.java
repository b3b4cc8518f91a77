package org.flowshield.node.tunnel.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.flowshield.node.tunnel.credit.CreditGate;
import org.flowshield.node.tunnel.credit.FlowTable;
import org.flowshield.node.tunnel.credit.PaidMeter;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MalformedFrameException;
import org.flowshield.tun.MemoryTun;
import org.flowshield.tun.MemoryTun.Overflow;
import org.flowshield.tun.Offloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LaneReceiverTest {

    private static final String CLIENT = "100.64.0.2";
    private static final String SERVER = "192.0.2.80";
    private static final int MTU = 1420;
    private static final int ROOM = 8 << 20;

    private final MemoryTun.Pair tun =
            MemoryTun.pair(MTU, Offloads.ALL, Offloads.ALL, Overflow.DROP, ROOM);

    private final AddressCheck check = new AddressCheck(TestFrames.addresses(CLIENT, "fd00::2"));

    @AfterEach
    void close() {
        tun.close();
    }

    /** Runs a receiver over the bytes until it throws that they ended. */
    private LaneReceiver receive(byte[] stream, long seed)
            throws IOException, MalformedFrameException {
        try (MemoryLane.Pair lane = MemoryLane.pair(ROOM, seed)) {
            LaneReceiver receiver = new LaneReceiver(lane.right(), tun.left(), check::isSource);
            lane.left().feedPeer(stream);
            lane.left().close();
            assertThatExceptionOfType(EOFException.class).isThrownBy(receiver::run);
            return receiver;
        }
    }

    private List<byte[]> arrived() throws IOException {
        List<byte[]> packets = new ArrayList<>();
        ByteBuffer batch = ByteBuffer.allocateDirect(4 * Frame.MAX);
        while (tun.right().read(batch.clear(), false) > 0) {
            packets.addAll(TestFrames.packets(batch.flip()));
        }
        return packets;
    }

    private static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    @Test
    void frames_arrive_whole_however_the_stream_is_cut() throws Exception {
        for (long seed = 1; seed <= 30; seed++) {
            Random random = new Random(seed);
            List<byte[]> packets = new ArrayList<>();
            List<byte[]> frames = new ArrayList<>();
            long bytes = 0;
            for (int i = 0; i < 400; i++) {
                byte[] packet = TestFrames.udp(CLIENT, SERVER, i, random.nextInt(MTU - 28 + 1));
                packets.add(packet);
                frames.add(TestFrames.plain(packet));
                bytes += packet.length;
            }

            LaneReceiver receiver = receive(join(frames), seed);

            assertThat(arrived())
                    .as("seed %d", seed)
                    .containsExactly(packets.toArray(byte[][]::new));
            assertThat(receiver.receivedPackets()).isEqualTo(400);
            assertThat(receiver.receivedBytes()).isEqualTo(bytes);
            assertThat(receiver.refused()).isZero();
        }
    }

    @Test
    void super_packets_arrive_whole_however_the_stream_is_cut() throws Exception {
        byte[] big = TestFrames.tcp(CLIENT, SERVER, 4000, 65_535 - 40);
        byte[] frame = TestFrames.frame(Frame.TCP, Frame.CHECKSUM_INCOMPLETE, 1380, big);
        byte[][] frames = new byte[40][];
        Arrays.fill(frames, frame);

        for (long seed = 1; seed <= 10; seed++) {
            LaneReceiver receiver = receive(join(List.of(frames)), seed);

            assertThat(arrived()).as("seed %d", seed).hasSize(40).containsOnly(big);
            assertThat(receiver.receivedBytes()).isEqualTo(40L * big.length);
        }
    }

    @Test
    void packets_from_foreign_sources_are_dropped_and_counted() throws Exception {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            List<byte[]> good = new ArrayList<>();
            List<byte[]> frames = new ArrayList<>();
            int foreign = 0;
            for (int i = 0; i < 300; i++) {
                if (random.nextInt(3) == 0) {
                    frames.add(TestFrames.plain(TestFrames.udp("100.64.0.3", SERVER, i, 9)));
                    foreign++;
                } else {
                    good.add(TestFrames.udp(CLIENT, SERVER, i, random.nextInt(900)));
                    frames.add(TestFrames.plain(good.getLast()));
                }
            }

            LaneReceiver receiver = receive(join(frames), seed);

            assertThat(arrived()).as("seed %d", seed).containsExactly(good.toArray(byte[][]::new));
            assertThat(receiver.refused()).isEqualTo(foreign);
            assertThat(receiver.receivedPackets()).isEqualTo(good.size());
        }
    }

    @Test
    void packets_too_short_to_have_a_source_are_dropped_and_counted() throws Exception {
        byte[] packet = TestFrames.udp(CLIENT, SERVER, 1, 0);
        List<byte[]> frames = new ArrayList<>();
        for (int length = 1; length < 20; length++) {
            frames.add(TestFrames.plain(Arrays.copyOf(packet, length)));
        }

        LaneReceiver receiver = receive(join(frames), 1);

        assertThat(arrived()).isEmpty();
        assertThat(receiver.refused()).isEqualTo(19);
        assertThat(receiver.receivedPackets()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Frame.MAX_PACKET + 1, Integer.MAX_VALUE})
    void a_length_that_cannot_be_believed_ends_the_stream(int length) throws Exception {
        byte[] good = TestFrames.udp(CLIENT, SERVER, 1, 100);
        ByteBuffer bad = ByteBuffer.allocate(Frame.HEADER);
        Frame.put(bad, 0, Frame.PLAIN, (byte) 0, 0, length);
        try (MemoryLane.Pair lane = MemoryLane.pair(ROOM)) {
            LaneReceiver receiver = new LaneReceiver(lane.right(), tun.left(), check::isSource);
            lane.left().feedPeer(join(List.of(TestFrames.plain(good), bad.array())));

            assertThatThrownBy(receiver::run).isInstanceOf(MalformedFrameException.class);
        }
    }

    @Test
    void a_stream_that_ends_within_a_frame_ends_like_any_other() throws Exception {
        byte[] frame = TestFrames.plain(TestFrames.udp(CLIENT, SERVER, 1, 100));
        for (int length = 0; length < frame.length; length++) {
            LaneReceiver receiver = receive(Arrays.copyOf(frame, length), length);

            assertThat(arrived()).isEmpty();
            assertThat(receiver.receivedPackets()).isZero();
        }
    }

    @Test
    void a_frame_that_does_not_hold_together_does_not_harm_its_neighbours() throws Exception {
        byte[] good = TestFrames.tcp(CLIENT, SERVER, 1, 100);
        byte[] frames =
                join(
                        List.of(
                                TestFrames.plain(good),
                                TestFrames.frame((byte) 9, (byte) 0, 0, good),
                                TestFrames.frame(Frame.TCP, (byte) 1, 0, good),
                                TestFrames.frame(Frame.TCP, (byte) 1, 65_535, good),
                                TestFrames.frame(Frame.UDP, (byte) 1, 100, good),
                                TestFrames.frame(Frame.PLAIN, (byte) 0xff, 0, good),
                                TestFrames.plain(good)));

        receive(frames, 3);

        assertThat(arrived()).containsExactly(good, good);
        assertThat(tun.left().drops().total()).isEqualTo(5);
    }

    @Test
    void a_lane_without_credit_is_not_read_on_and_loses_nothing() throws Exception {
        for (long seed = 1; seed <= 20; seed++) {
            List<byte[]> packets = new ArrayList<>();
            List<byte[]> frames = new ArrayList<>();
            long bytes = 0;
            for (int i = 0; i < 200; i++) {
                packets.add(TestFrames.udp(CLIENT, SERVER, i, 100 + 5 * i));
                frames.add(TestFrames.plain(packets.getLast()));
                bytes += packets.getLast().length;
            }
            try (MemoryLane.Pair lane = MemoryLane.pair(ROOM, seed);
                    CreditGate gate = new CreditGate(0)) {
                LaneReceiver receiver =
                        new LaneReceiver(
                                lane.right(), tun.left(), check::isSource, null, gate, null);
                lane.left().feedPeer(join(frames));
                lane.left().close();
                gate.onBlocked(
                        () -> {
                            long billed = gate.metered().billable();
                            assertThat(billed).isEqualTo(receiver.receivedBytes());
                            gate.allow(billed + 1500);
                        });

                assertThatExceptionOfType(EOFException.class).isThrownBy(receiver::run);

                assertThat(arrived())
                        .as("seed %d", seed)
                        .containsExactly(packets.toArray(byte[][]::new));
                assertThat(gate.metered()).isEqualTo(new PaidMeter.Metered(0, bytes, 0));
            }
        }
    }

    @Test
    void what_nobody_asked_for_is_delivered_and_needs_no_credit() throws Exception {
        byte[] asked = TestFrames.udp(SERVER, CLIENT, 443, 100);
        byte[] noise = TestFrames.udp("192.0.2.81", CLIENT, 443, 200);
        FlowTable flows = new FlowTable(System::nanoTime);
        flows.new View().mark(TestFrames.batch(TestFrames.udp(CLIENT, SERVER, 443, 1)));
        try (MemoryLane.Pair lane = MemoryLane.pair(ROOM);
                CreditGate gate = new CreditGate(0)) {
            LaneReceiver receiver =
                    new LaneReceiver(
                            lane.right(),
                            tun.left(),
                            check::isDestination,
                            null,
                            gate,
                            flows.new View());
            List<byte[]> frames =
                    List.of(
                            TestFrames.plain(noise),
                            TestFrames.plain(noise),
                            TestFrames.plain(asked),
                            TestFrames.plain(noise));
            lane.left().feedPeer(join(frames));
            lane.left().close();
            List<PaidMeter.Metered> whenBlocked = new ArrayList<>();
            gate.onBlocked(
                    () -> {
                        whenBlocked.add(gate.metered());
                        gate.allow(1);
                    });

            assertThatExceptionOfType(EOFException.class).isThrownBy(receiver::run);

            assertThat(arrived()).containsExactly(noise, noise, asked, noise);
            assertThat(whenBlocked).containsExactly(new PaidMeter.Metered(0, 0, 2L * noise.length));
            assertThat(gate.metered())
                    .isEqualTo(new PaidMeter.Metered(0, asked.length, 3L * noise.length));
        }
    }
}

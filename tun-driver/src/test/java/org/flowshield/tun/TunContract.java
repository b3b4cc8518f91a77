package org.flowshield.tun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every device promises whose far end takes plain packets. A subclass brings the device, the
 * far end, and what must hold when a test is over.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class TunContract {

    protected static final int MTU = 1420;
    protected static final int PORT = 7777;

    private static final int WRITERS = 4;
    private static final int PACKETS_EACH = 2_000;
    private static final int CLOSE_ROUNDS = 40;

    /** A device that takes every super-packet, with {@link #MTU}. */
    protected abstract Tun open() throws Exception;

    /** The far end sends a packet; false if the device's queue is full. */
    protected abstract boolean send(byte[] packet) throws Exception;

    /** What the far end is given next, or null if there is nothing yet. */
    protected abstract byte @Nullable [] receive() throws Exception;

    protected static ByteBuffer batch() {
        return ByteBuffer.allocateDirect(8 * Frame.MAX);
    }

    protected static <T> FutureTask<T> start(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        Thread.ofPlatform().daemon().start(future);
        return future;
    }

    protected static Packets udp(int payload) {
        return Packets.udp("100.64.77.2", "192.0.2.1", new byte[payload]);
    }

    /** Packets of a batch, each of which must be in a plain frame. */
    protected static List<byte[]> plainPackets(ByteBuffer batch) throws MalformedFrameException {
        List<byte[]> packets = new ArrayList<>();
        int length;
        while ((length = Frame.wholePacketLength(batch)) > 0) {
            int at = batch.position();
            assertThat(Frame.kind(batch, at)).isEqualTo(Frame.PLAIN);
            assertThat(Frame.flags(batch, at)).isZero();
            assertThat(Frame.segmentSize(batch, at)).isZero();
            byte[] packet = new byte[length];
            batch.get(at + Frame.HEADER, packet);
            packets.add(packet);
            batch.position(at + Frame.HEADER + length);
        }
        assertThat(batch.hasRemaining()).isFalse();
        return packets;
    }

    protected List<byte[]> receiveAll() throws Exception {
        List<byte[]> packets = new ArrayList<>();
        byte[] packet;
        while ((packet = receive()) != null) {
            packets.add(packet);
        }
        return packets;
    }

    @Test
    void reads_all_that_waits_in_one_batch() throws Exception {
        try (Tun tun = open()) {
            List<byte[]> sent =
                    List.of(
                            udp(11).complete(PORT),
                            Packets.tcp("fd77::2", "2001:db8::1", new byte[900]).complete(PORT),
                            udp(MTU - 28).complete(PORT));
            for (byte[] packet : sent) {
                assertThat(send(packet)).isTrue();
            }
            ByteBuffer batch = batch().position(3);
            assertThat(tun.read(batch, true)).isEqualTo(3);
            assertThat(plainPackets(batch.flip().position(3))).containsExactlyElementsOf(sent);
            assertThat(tun.read(batch.clear(), false)).isZero();
            assertThat(batch.position()).isZero();
            assertThat(tun.drops().total()).isZero();
        }
    }

    @Test
    void a_blocked_reader_wakes_for_each_packet() throws Exception {
        try (Tun tun = open()) {
            ByteBuffer batch = batch();
            for (int i = 1; i <= 200; i++) {
                FutureTask<List<byte[]>> reader =
                        start(
                                () -> {
                                    tun.read(batch.clear(), true);
                                    return plainPackets(batch.flip());
                                });
                byte[] packet = udp(i).complete(PORT);
                assertThat(send(packet)).isTrue();
                assertThat(reader.get()).containsExactly(packet);
            }
        }
    }

    @Test
    void gives_the_far_end_what_is_written_wherever_it_lies() throws Exception {
        try (Tun tun = open()) {
            for (int before : new int[] {0, 1, 2, 9}) {
                byte[] packet = udp(before + 30).complete(PORT);
                ByteBuffer batch = batch().position(before);
                Frame.put(batch, before, Frame.PLAIN, (byte) 0, 0, packet.length);
                batch.put(before + Frame.HEADER, packet);
                int end = before + Frame.HEADER + packet.length;
                batch.put(end, new byte[] {1, 2, 3});
                batch.limit(end + 3);
                assertThat(tun.write(batch)).isEqualTo(1);
                assertThat(receiveAll()).containsExactly(packet);
                assertThat(batch.position()).isEqualTo(end);
                assertThat(batch.get(end)).isEqualTo((byte) 1);
            }
        }
    }

    @Test
    void cuts_super_packets_and_completes_checksums() throws Exception {
        byte[] payload = new byte[60_000];
        new Random(7).nextBytes(payload);
        try (Tun tun = open()) {
            for (Packets packets :
                    List.of(
                            Packets.tcp("100.64.77.2", "192.0.2.1", payload),
                            Packets.tcp("fd77::2", "2001:db8::1", payload).withNetworkOptions(8),
                            Packets.udp("fd77::2", "2001:db8::1", payload))) {
                assertThat(tun.write(packets.superFrame(PORT, 1200))).isEqualTo(1);
                List<byte[]> segments = receiveAll();
                assertThat(segments).hasSize(50).allMatch(Packets::checksumsHold);
                ByteBuffer joined = ByteBuffer.allocate(payload.length);
                segments.forEach(
                        s -> joined.put(s, packets.headers(), s.length - packets.headers()));
                assertThat(joined.array()).isEqualTo(payload);
            }
            Packets plain = udp(99);
            assertThat(tun.write(plain.incompleteFrame(PORT))).isEqualTo(1);
            assertThat(receiveAll()).containsExactly(plain.complete(PORT));
            assertThat(tun.drops().total()).isZero();
        }
    }

    @Test
    void cuts_a_super_packet_into_many_more_segments_than_fit_at_once() throws Exception {
        byte[] payload = new byte[65_000];
        new Random(8).nextBytes(payload);
        Packets packets = Packets.tcp("fd77::2", "2001:db8::1", payload).withNetworkOptions(248);
        try (Tun tun = open()) {
            assertThat(tun.write(packets.superFrame(PORT, 64))).isEqualTo(1);
            List<byte[]> segments = receiveAll();
            assertThat(segments).hasSize(1016);
            ByteBuffer joined = ByteBuffer.allocate(payload.length);
            segments.forEach(s -> joined.put(s, packets.headers(), s.length - packets.headers()));
            assertThat(joined.array()).isEqualTo(payload);
        }
    }

    @Test
    void drops_and_counts_what_does_not_hold_together() throws Exception {
        try (Tun tun = open()) {
            assertThat(tun.write(Packets.frame(9, 0, 0, udp(1).complete(PORT)))).isZero();
            assertThat(tun.write(Packets.frame(0, 2, 0, udp(1).complete(PORT)))).isZero();
            assertThat(tun.write(Packets.frame(0, 0, 0, new byte[] {0x15, 0}))).isZero();
            assertThat(tun.write(udp(MTU).plainFrame(PORT))).isZero();
            assertThat(tun.write(udp(5000).superFrame(PORT, 0))).isZero();
            assertThat(tun.drops().count(Drops.Reason.UNKNOWN_KIND)).isEqualTo(1);
            assertThat(tun.drops().count(Drops.Reason.BAD_FLAGS)).isEqualTo(1);
            assertThat(tun.drops().count(Drops.Reason.NOT_IP)).isEqualTo(1);
            assertThat(tun.drops().count(Drops.Reason.LONGER_THAN_MTU)).isEqualTo(1);
            assertThat(tun.drops().count(Drops.Reason.BAD_SEGMENT_SIZE)).isEqualTo(1);
            assertThat(tun.drops().total()).isEqualTo(5);
            for (int length : new int[] {0, -1, Frame.MAX_PACKET + 1}) {
                ByteBuffer frame = Packets.frame(0, 0, 0, new byte[20]).putInt(4, length);
                assertThatThrownBy(() -> tun.write(frame))
                        .isInstanceOf(MalformedFrameException.class);
            }
            assertThat(receiveAll()).isEmpty();
        }
    }

    @Test
    void survives_ten_thousand_damaged_frames() throws Exception {
        long seed = 20_261_129;
        Random random = new Random(seed);
        try (Tun tun = open()) {
            for (int i = 0; i < 10_000; i++) {
                Packets packets =
                        random.nextBoolean()
                                ? Packets.tcp("100.64.77.2", "192.0.2.1", new byte[4000])
                                : Packets.udp("fd77::2", "2001:db8::1", new byte[4000]);
                ByteBuffer frame = packets.superFrame(PORT, 64 + random.nextInt(MTU));
                for (int damage = random.nextInt(4); damage >= 0; damage--) {
                    // The frame's length stays: without it there is no next frame.
                    int at = random.nextInt(64);
                    frame.put(at < 4 ? at : at + 4, (byte) random.nextInt(256));
                }
                tun.write(frame);
                for (byte[] packet : receiveAll()) {
                    assertThat(packet.length).as("seed %d, %d", seed, i).isBetween(1, MTU);
                }
            }
            assertThat(tun.drops().total()).isGreaterThan(1000);
            assertThat(tun.write(udp(9).plainFrame(PORT))).isEqualTo(1);
            assertThat(receiveAll()).containsExactly(udp(9).complete(PORT));
        }
    }

    @Test
    void asks_for_room_for_the_longest_frame() throws Exception {
        try (Tun tun = open()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> tun.read(ByteBuffer.allocateDirect(Frame.MAX).position(1), false))
                    .withMessageContaining("no room");
        }
    }

    @Test
    void a_packet_costs_no_memory() throws Exception {
        try (Tun tun = open()) {
            long written = 0;
            long read = 0;
            for (int round = 0; round < 20; round++) { // the last counts: classes are loaded then
                written = writtenBytes(tun, 200) - writtenBytes(tun, 10);
                read = readBytes(tun, 200) - readBytes(tun, 10);
            }
            assertThat(written).as("190 packets more, written").isLessThan(190);
            assertThat(read).as("190 packets more, read").isLessThan(190);
        }
    }

    /** What the writer allocates on the heap for a batch of so many packets. */
    private long writtenBytes(Tun tun, int packets) throws Exception {
        byte[] packet = udp(900).complete(PORT);
        ByteBuffer batch = batch();
        for (int i = 0; i < packets; i++) {
            Frame.put(batch, batch.position(), Frame.PLAIN, (byte) 0, 0, packet.length);
            batch.position(batch.position() + Frame.HEADER).put(packet);
        }
        batch.flip();
        long before = allocated();
        int taken = tun.write(batch);
        long after = allocated();
        assertThat(taken).isEqualTo(packets);
        assertThat(receiveAll()).hasSize(packets);
        return after - before;
    }

    private long readBytes(Tun tun, int packets) throws Exception {
        for (int i = 0; i < packets; i++) {
            assertThat(send(udp(900).complete(PORT))).isTrue();
        }
        ByteBuffer batch = batch();
        long before = allocated();
        int read = tun.read(batch, false);
        long after = allocated();
        assertThat(read).isEqualTo(packets);
        return after - before;
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    @Test
    void many_writers_lose_and_mix_nothing() throws Exception {
        try (Tun tun = open()) {
            List<FutureTask<Integer>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int port = 1000 + writer;
                writers.add(start(() -> writeAll(tun, port)));
            }
            int[] next = new int[WRITERS];
            int received = 0;
            while (received < WRITERS * PACKETS_EACH) {
                byte[] packet = receive();
                if (packet == null) {
                    Thread.onSpinWait();
                    continue;
                }
                assertThat(Packets.checksumsHold(packet)).isTrue();
                ByteBuffer fields = ByteBuffer.wrap(packet);
                int writer = fields.getShort(22) - 1000;
                assertThat(fields.getInt(28)).isEqualTo(next[writer]++);
                received++;
            }
            for (FutureTask<Integer> writer : writers) {
                assertThat(writer.get()).isEqualTo(PACKETS_EACH);
            }
            assertThat(receive()).isNull();
        }
    }

    /** Numbered packets, each until it is taken. */
    private static int writeAll(Tun tun, int port) throws Exception {
        int taken = 0;
        while (taken < PACKETS_EACH) {
            byte[] payload = ByteBuffer.allocate(4 + taken % 1000).putInt(taken).array();
            Packets packet = Packets.udp("100.64.77.2", "192.0.2.1", payload);
            // Some go the way of those that have to be completed first.
            int written =
                    tun.write(
                            taken % 3 == 0
                                    ? packet.incompleteFrame(port)
                                    : packet.plainFrame(port));
            taken += written;
            if (written == 0) {
                Thread.onSpinWait();
            }
        }
        return taken;
    }

    @Test
    void close_wakes_a_blocked_reader() throws Exception {
        Tun tun = open();
        FutureTask<Integer> reader = start(() -> tun.read(batch(), true));
        tun.close();
        assertThatThrownBy(reader::get).hasCauseInstanceOf(AsynchronousCloseException.class);
        assertThatThrownBy(() -> tun.read(batch(), false))
                .isInstanceOf(AsynchronousCloseException.class);
        assertThatThrownBy(() -> tun.write(udp(1).plainFrame(PORT)))
                .isInstanceOf(AsynchronousCloseException.class);
        tun.close();
    }

    @Test
    void close_leaves_an_interrupt_where_it_was() throws Exception {
        Tun tun = open();
        Thread.currentThread().interrupt();
        tun.close();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void close_in_the_midst_of_traffic_ends_every_reader_and_writer() throws Exception {
        for (int round = 0; round < CLOSE_ROUNDS; round++) {
            Tun tun = open();
            CountDownLatch busy = new CountDownLatch(WRITERS + 1);
            List<FutureTask<Object>> workers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                boolean cut = writer % 2 == 0;
                workers.add(
                        start(
                                () -> {
                                    ByteBuffer frame =
                                            cut
                                                    ? udp(9000).superFrame(PORT, 1000)
                                                    : udp(900).plainFrame(PORT);
                                    byte[] header = new byte[Frame.HEADER];
                                    frame.get(0, header);
                                    while (true) {
                                        tun.write(frame.clear().put(0, header));
                                        busy.countDown();
                                    }
                                }));
            }
            workers.add(
                    start(
                            () -> {
                                ByteBuffer batch = batch();
                                while (true) {
                                    tun.read(batch.clear(), true);
                                    busy.countDown();
                                }
                            }));
            while (busy.getCount() > 0) {
                send(udp(round).complete(PORT));
                receive();
            }
            List<FutureTask<Void>> closers = new ArrayList<>();
            for (int closer = 0; closer < 2; closer++) {
                closers.add(
                        start(
                                () -> {
                                    tun.close();
                                    return null;
                                }));
            }
            for (FutureTask<Void> closer : closers) {
                closer.get();
            }
            for (FutureTask<Object> worker : workers) {
                assertThatThrownBy(worker::get)
                        .hasCauseInstanceOf(AsynchronousCloseException.class);
            }
        }
    }
}

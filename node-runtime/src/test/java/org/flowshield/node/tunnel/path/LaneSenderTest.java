package org.flowshield.node.tunnel.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.flowshield.node.tunnel.credit.CreditGate;
import org.flowshield.node.tunnel.queue.BacklogMemory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LaneSenderTest {

    private static final String CLIENT = "100.64.0.2";
    private static final String SERVER = "192.0.2.80";
    private static final int MTU = 1420;

    /** The socket takes less than a packet before it is full. */
    private static final int NARROW = 1000;

    /** So long a queue may stand before packets are dropped: 100 ms of RFC 8289. */
    private static final long STANDING = Duration.ofMillis(100).toNanos();

    private final PathThreads threads = new PathThreads();
    private final BlockingQueue<PathEnd> ends = new LinkedBlockingQueue<>();

    /** Stands still unless a test moves it, so that CoDel drops nothing. */
    private final AtomicLong clock = new AtomicLong();

    /** None unless a test asks for it. */
    private final AtomicInteger patience = new AtomicInteger();

    private final BacklogMemory memory = new BacklogMemory(PathLimits.BACKLOG_BYTES);

    /** None unless a test asks for it. */
    private @Nullable CreditGate credit;

    private MemoryLane.Pair lane = MemoryLane.pair(NARROW);

    @AfterEach
    void close() {
        lane.close();
    }

    private LaneSender sender(LaneKind kind) {
        return sender(kind, memory);
    }

    private LaneSender sender(LaneKind kind, BacklogMemory from) {
        return new LaneSender(
                lane.left(), kind, MTU, from, credit, patience::get, clock::get, ends::add);
    }

    private static byte[] packet(int number, int payload) {
        return TestFrames.tcp(CLIENT, SERVER, number & 0xffff, payload);
    }

    private static void send(LaneSender sender, byte[]... packets) throws IOException {
        ByteBuffer batch = TestFrames.batch(packets);
        sender.send(batch, packets.length);
        assertThat(batch.hasRemaining()).isFalse();
    }

    /** Waits for so many packets at the far end. */
    private List<byte[]> receive(int count) throws IOException {
        List<byte[]> packets = new ArrayList<>();
        while (packets.size() < count) {
            packets.add(receive());
        }
        return packets;
    }

    private byte[] receive() throws IOException {
        return TestFrames.packet(lane.right());
    }

    @Test
    void sends_on_the_callers_thread_while_the_socket_has_room() throws Exception {
        LaneSender sender = sender(LaneKind.BULK);
        byte[] one = packet(1, 100);
        byte[] two = packet(2, 200);

        send(sender, one, two);

        assertThat(lane.left().lastSender()).isEqualTo(Thread.currentThread());
        assertThat(receive(2)).containsExactly(one, two);
        assertThat(sender.sentPackets()).isEqualTo(2);
        assertThat(sender.sentBytes()).isEqualTo(one.length + two.length);
        assertThat(threads.alive()).isEmpty();
    }

    @Test
    void a_patient_sender_waits_for_the_socket_rather_than_hand_over() throws Exception {
        LaneSender sender = sender(LaneKind.BULK);
        patience.set(1);
        lane.left().whileWaiting(this::takeFromTheSocket);
        byte[] large = packet(1, 1300);

        send(sender, large);

        assertThat(receive()).isEqualTo(large);
        assertThat(threads.alive()).isEmpty();
    }

    /** Makes room without reading a whole packet; each call brings a piece of unforeseen length. */
    private void takeFromTheSocket() {
        try {
            for (int i = 0; i < 1000; i++) {
                lane.right().receive(NARROW, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(LaneKind.class)
    void a_full_socket_holds_nobody_up_and_loses_nothing_below_the_bound(LaneKind kind)
            throws Exception {
        LaneSender sender = sender(kind);
        byte[][] packets = new byte[300][];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = packet(i, 1300);
            send(sender, packets[i]);
        }

        assertThat(sender.sentPackets()).isLessThan(packets.length);
        assertThat(receive(packets.length)).containsExactly(packets);
        assertThat(sender.sentPackets()).isEqualTo(packets.length);
        assertThat(sender.dropped()).isZero();
    }

    @Test
    void the_short_way_is_open_again_after_a_jam() throws Exception {
        LaneSender sender = sender(LaneKind.BULK);
        for (int jam = 0; jam < 5; jam++) {
            jamAndRelieve(sender);
        }
        assertThat(threads.alive()).hasSizeLessThanOrEqualTo(1);
        assertThat(memory.used()).isZero();
    }

    @Test
    void a_lane_that_was_jammed_soon_has_no_thread() throws Exception {
        jamAndRelieve(sender(LaneKind.BULK));

        threads.awaitEnd();

        assertThat(ends).isEmpty();
    }

    @Test
    void closing_a_jammed_lane_gives_its_memory_back() throws Exception {
        LaneSender sender = sender(LaneKind.BULK);
        for (int i = 0; i < 100; i++) {
            send(sender, packet(i, 1000));
        }
        assertThat(memory.used())
                .isGreaterThan(LaneSender.JAM_BYTES)
                .isLessThan(LaneSender.JAM_BYTES + 200_000);

        sender.close();

        assertThat(memory.used()).isZero();
    }

    @Test
    void without_memory_a_full_lane_drops_until_its_socket_has_room() throws Exception {
        BacklogMemory none = new BacklogMemory(LaneSender.JAM_BYTES - 1);
        LaneSender sender = sender(LaneKind.BULK, none);
        byte[] first = packet(0, 2000);
        send(sender, first);
        send(sender, packet(1, 100), packet(2, 100));

        assertThat(sender.dropped()).isEqualTo(2);
        assertThat(threads.alive()).isEmpty();
        // Makes room, so that the next one takes the rest of the first along.
        ByteBuffer begun = lane.right().receive(NARROW / 2, true);
        assertThat(begun).isNotNull();
        byte[] next = packet(3, 100);
        FutureTask<List<byte[]>> reader = new FutureTask<>(() -> receive(2));
        Thread.ofVirtual().start(reader);
        while (!reader.isDone()) {
            send(sender, next);
        }

        assertThat(reader.get()).containsExactly(first, next);
        assertThat(none.used()).isZero();
    }

    private void jamAndRelieve(LaneSender sender) throws IOException {
        byte[][] packets = new byte[20][];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = packet(i, 900);
            send(sender, packets[i]);
        }
        assertThat(receive(packets.length)).containsExactly(packets);
        // The relief thread gives the stream back a moment after its last byte has left.
        do {
            send(sender, packet(1, 1));
            assertThat(receive()).isEqualTo(packet(1, 1));
        } while (!Thread.currentThread().equals(lane.left().lastSender()));
    }

    @Test
    void order_holds_however_jams_come_and_go() throws Exception {
        for (long seed = 1; seed <= 10; seed++) {
            lane = MemoryLane.pair(NARROW + (int) seed * 700, seed);
            LaneSender sender = sender(LaneKind.BULK);
            Random random = new Random(seed);
            byte[][] packets = new byte[2000][];
            for (int i = 0; i < packets.length; i++) {
                packets[i] = packet(i, random.nextInt(600));
            }
            FutureTask<List<byte[]>> reader = new FutureTask<>(() -> receive(packets.length));
            Thread.ofVirtual().start(reader);
            for (int i = 0; i < packets.length; i++) {
                send(sender, packets[i]);
            }

            assertThat(reader.get()).as("seed %d", seed).containsExactly(packets);
            assertThat(sender.dropped()).isZero();
            sender.close();
        }
    }

    @Test
    void above_the_bound_bulk_loses_the_newest_and_datagrams_the_oldest() throws Exception {
        byte[] first = packet(1, 40_000);
        byte[] last = packet(2, 40_000);
        LaneSender bulk = sender(LaneKind.BULK);
        overfill(bulk, first, last);
        List<byte[]> received = receive((int) (102 - bulk.dropped()));
        assertThat(received).startsWith(first).doesNotContain(last);

        lane = MemoryLane.pair(NARROW);
        LaneSender datagrams = sender(LaneKind.DATAGRAM);
        overfill(datagrams, first, last);
        // The first two frames are with the socket before there is a backlog.
        received = receive((int) (102 - datagrams.dropped()));
        assertThat(received).endsWith(last);
    }

    private static void overfill(LaneSender sender, byte[] first, byte[] last) throws IOException {
        send(sender, first);
        for (int i = 0; i < 100; i++) {
            send(sender, packet(i + 10, 40_000));
        }
        send(sender, last);
        assertThat(sender.dropped()).isPositive();
    }

    @Test
    void what_stands_too_long_is_dropped() throws Exception {
        LaneSender sender = sender(LaneKind.BULK);
        // More than the relief thread takes at once, so that most of it ages in the backlog.
        int offered = 0;
        for (; offered < 40; offered++) {
            send(sender, packet(offered, 50_000));
        }
        int received = 0;
        while (received + sender.dropped() < offered) {
            clock.addAndGet(STANDING);
            receive();
            received++;
        }
        assertThat(sender.dropped()).isPositive();
        assertThat(sender.sentPackets()).isEqualTo(received);
    }

    @Test
    void closing_wakes_the_thread_that_waits_for_the_socket() throws Exception {
        LaneSender sender = sender(LaneKind.BULK);
        for (int i = 0; i < 10; i++) {
            send(sender, packet(i, 1000));
        }
        while (!lane.left().isSenderWaiting()) {
            Thread.onSpinWait(); // it has not come to the socket yet
        }

        sender.close();

        threads.awaitEnd();
        assertThat(ends).hasSize(1);
    }

    @Test
    void closing_wakes_the_thread_that_waits_for_the_next_jam() throws Exception {
        LaneSender sender = sender(LaneKind.BULK);
        jamAndRelieve(sender);

        sender.close();

        threads.awaitEnd();
    }

    @Test
    void a_lane_that_breaks_in_a_jam_says_why() throws Exception {
        LaneSender sender = sender(LaneKind.BULK);
        for (int i = 0; i < 10; i++) {
            send(sender, packet(i, 1000));
        }

        lane.left().breakDown("no route to host");

        assertThat(ends.take())
                .isEqualTo(
                        new PathEnd(
                                PathEnd.Reason.LANE_ENDED,
                                "the connection to the peer broke: no route to host"));
        threads.awaitEnd();
    }

    @Test
    void a_lane_that_breaks_with_room_tells_the_caller() {
        LaneSender sender = sender(LaneKind.BULK);
        lane.left().breakDown("no route to host");

        assertThatThrownBy(() -> send(sender, packet(1, 1)))
                .isInstanceOf(IOException.class)
                .hasMessage("no route to host");
    }

    @Test
    void a_lane_that_broke_takes_packets_and_forgets_them() throws Exception {
        LaneSender sender = sender(LaneKind.BULK);
        lane.right().close();
        assertThatThrownBy(() -> send(sender, packet(1, 1))).isInstanceOf(IOException.class);

        send(sender, packet(2, 1));
        send(sender, packet(3, 1), packet(4, 1));

        assertThat(lane.left().sends()).isEqualTo(1);
        assertThat(sender.sentPackets()).isZero();
        assertThat(threads.alive()).isEmpty();
    }

    @Test
    void a_lane_that_breaks_between_two_packets_takes_no_third() throws Exception {
        LaneSender sender = sender(LaneKind.BULK, new BacklogMemory(LaneSender.JAM_BYTES - 1));
        send(sender, packet(1, 2000));
        lane.left().breakDown("no route to host");
        assertThatThrownBy(() -> send(sender, packet(2, 1))).isInstanceOf(IOException.class);

        send(sender, packet(3, 1));

        assertThat(lane.left().sends()).isEqualTo(1);
    }

    @Test
    void what_the_peer_has_seen_is_counted() throws Exception {
        try (CreditGate gate = new CreditGate(Long.MAX_VALUE)) {
            credit = gate;
            patience.set(1);
            LaneSender sender = sender(LaneKind.BULK);
            byte[] large = packet(1, 1300);
            List<Long> metered = new ArrayList<>();
            // The far end has the beginning by now, and the send has not returned.
            lane.left().whileWaiting(() -> metered.add(gate.metered().sent()));

            send(sender, large);

            assertThat(metered).containsExactly((long) large.length);
            assertThat(receive()).isEqualTo(large);
        }
    }

    @Test
    void a_batch_that_a_broken_socket_does_not_take_is_neither_counted_nor_charged()
            throws Exception {
        try (CreditGate gate = new CreditGate(Long.MAX_VALUE)) {
            credit = gate;
            LaneSender sender = sender(LaneKind.BULK);
            byte[] taken = packet(1, 400);
            send(sender, taken);
            lane.left().breakDown("no route to host");

            assertThatThrownBy(() -> send(sender, packet(2, 400), packet(3, 400)))
                    .isInstanceOf(IOException.class);

            assertThat(gate.metered().sent()).isEqualTo(taken.length);
            assertThat(sender.sentPackets()).isEqualTo(1);
            assertThat(sender.sentBytes()).isEqualTo(taken.length);
        }
    }

    @Test
    void a_batch_of_a_jam_that_a_broken_socket_does_not_take_is_not_charged() throws Exception {
        try (CreditGate gate = new CreditGate(Long.MAX_VALUE)) {
            credit = gate;
            LaneSender sender = sender(LaneKind.BULK);
            byte[] taken = packet(0, 2000);
            send(sender, taken);
            for (int i = 1; i < 10; i++) {
                send(sender, packet(i, 2000));
            }
            assertThat(receive()).isEqualTo(taken);
            while (lane.left().sends() < 2 || !lane.left().isSenderWaiting()) {
                Thread.onSpinWait(); // the lane's own thread has not sent the next batch yet
            }

            lane.left().breakDown("no route to host");
            ends.take();

            assertThat(gate.metered().sent()).isEqualTo(taken.length);
            assertThat(sender.sentPackets()).isEqualTo(1);
            send(sender, packet(10, 1));
            assertThat(sender.sentPackets()).isEqualTo(1);
            assertThat(lane.left().sends()).isEqualTo(2);
        }
    }

    @Test
    void a_closed_lane_takes_packets_and_forgets_them() throws Exception {
        LaneSender sender = sender(LaneKind.BULK);
        sender.close();
        sender.close();

        send(sender, packet(1, 1));

        assertThat(sender.sentPackets()).isZero();
        assertThatThrownBy(this::receive).isInstanceOf(EOFException.class);
    }

    @Test
    void what_has_no_credit_waits_and_is_neither_sent_nor_counted() throws Exception {
        lane = MemoryLane.pair(1 << 20);
        try (CreditGate gate = new CreditGate(1000)) {
            credit = gate;
            AtomicInteger told = new AtomicInteger();
            gate.onBlocked(told::incrementAndGet);
            LaneSender sender = sender(LaneKind.BULK);
            byte[][] packets = new byte[50][];
            long bytes = 0;
            for (int i = 0; i < packets.length; i++) {
                packets[i] = packet(i, 460);
                bytes += packets[i].length;
            }

            send(sender, packets);

            // Two packets of 500 bytes are all that was paid.
            assertThat(receive(2)).containsExactly(packets[0], packets[1]);
            assertThat(sender.sentPackets()).isEqualTo(2);
            assertThat(gate.metered().sent()).isEqualTo(1000);
            assertThat(told).hasValue(1);
            assertThat(lane.right().receive(1, false)).isNull();

            send(sender, packet(50, 460));
            assertThat(sender.sentPackets()).isEqualTo(2);

            gate.allow(Long.MAX_VALUE);
            List<byte[]> rest = receive(49);
            assertThat(rest.subList(0, 48)).containsExactly(Arrays.copyOfRange(packets, 2, 50));
            assertThat(gate.metered().sent()).isEqualTo(bytes + 500).isEqualTo(sender.sentBytes());
            assertThat(sender.dropped()).isZero();
        }
    }

    @Test
    void one_packet_at_the_most_goes_beyond_the_credit() throws Exception {
        lane = MemoryLane.pair(1 << 20);
        try (CreditGate gate = new CreditGate(501)) {
            credit = gate;
            LaneSender sender = sender(LaneKind.BULK);

            send(sender, packet(1, 460), packet(2, 460), packet(3, 460));
            assertThat(receive(2)).hasSize(2);
            assertThat(gate.metered().sent()).isEqualTo(1000);
            for (int limit = 1001; limit <= 2001; limit += 500) {
                gate.allow(limit);
                send(sender, packet(4, 460));
                receive();
                assertThat(gate.metered().sent()).isEqualTo(limit + 499);
            }
        }
    }

    @Test
    void without_memory_what_has_no_credit_is_dropped_and_the_next_goes_when_it_is_paid()
            throws Exception {
        lane = MemoryLane.pair(1 << 20);
        try (CreditGate gate = new CreditGate(500)) {
            credit = gate;
            LaneSender sender = sender(LaneKind.BULK, new BacklogMemory(LaneSender.JAM_BYTES - 1));

            send(sender, packet(1, 460), packet(2, 460));
            send(sender, packet(3, 460));
            assertThat(sender.dropped()).isEqualTo(2);
            gate.allow(1000);
            byte[] next = packet(4, 460);
            send(sender, next);

            assertThat(receive(2).getLast()).isEqualTo(next);
            assertThat(threads.alive()).isEmpty();
        }
    }

    @Test
    void closing_ends_a_lane_that_waits_for_credit() throws Exception {
        CreditGate gate = new CreditGate(0);
        credit = gate;
        LaneSender sender = sender(LaneKind.BULK);
        send(sender, packet(1, 460));
        assertThat(memory.used()).isPositive();

        gate.close();
        sender.close();

        threads.awaitEnd();
        assertThat(ends).isEmpty();
        assertThat(memory.used()).isZero();
    }
}

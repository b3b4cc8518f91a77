package org.flowshield.tun.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.flowshield.tun.Drops;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MalformedFrameException;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.Packets;
import org.flowshield.tun.Segmenter;
import org.flowshield.tun.Tun;
import org.flowshield.tun.TunAddress;
import org.flowshield.tun.TunDevices;
import org.flowshield.tun.TunSettings;
import org.flowshield.tun.TunUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real devices in a network namespace of the test's own; needs root. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinuxTunIT {

    private static final int MTU = 1420;
    private static final int PORT = 7777;
    private static final String NAME = "fstest0";
    private static final TunSettings SETTINGS =
            TunSettings.of(NAME, MTU, Offloads.ALL)
                    .withAddresses(
                            TunAddress.parse("100.64.77.1/24"), TunAddress.parse("fd77::1/64"));

    /** How long a packet that is lost is waited for. */
    private static final int PATIENCE_MILLIS = 20_000;

    private NetworkNamespace namespace;

    @BeforeEach
    void leave_the_machine() throws Exception {
        namespace = NetworkNamespace.create();
    }

    @AfterEach
    void come_back() {
        if (namespace != null) { // without root there is none
            namespace.close();
        }
    }

    private Tun open(TunSettings settings) throws Exception {
        return namespace.call(() -> TunDevices.open(settings));
    }

    private boolean exists(String name) throws Exception {
        return namespace.call(() -> NetworkInterface.getByName(name) != null);
    }

    private static ByteBuffer batch() {
        return ByteBuffer.allocateDirect(8 * Frame.MAX);
    }

    /** The frames of a batch, one buffer for each. */
    private static List<ByteBuffer> frames(ByteBuffer batch) throws MalformedFrameException {
        List<ByteBuffer> frames = new ArrayList<>();
        int length;
        while ((length = Frame.wholePacketLength(batch)) > 0) {
            frames.add(batch.slice(batch.position(), Frame.HEADER + length));
            batch.position(batch.position() + Frame.HEADER + length);
        }
        assertThat(batch.hasRemaining()).isFalse();
        return frames;
    }

    private static byte[] payload(ByteBuffer frame, int headers) {
        byte[] payload = new byte[frame.capacity() - Frame.HEADER - headers];
        frame.get(Frame.HEADER + headers, payload);
        return payload;
    }

    private static <T> FutureTask<T> start(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        Thread.ofPlatform().daemon().start(future);
        return future;
    }

    @Test
    void reads_all_that_the_kernel_sends_in_one_batch() throws Exception {
        try (Tun tun = open(SETTINGS);
                DatagramSocket socket = namespace.call(DatagramSocket::new)) {
            assertThat(tun.offloads()).isEqualTo(Offloads.ALL);
            for (String to : new String[] {"100.64.77.2", "fd77::2", "100.64.77.3"}) {
                byte[] bytes = to.getBytes(UTF_8);
                socket.send(
                        new DatagramPacket(bytes, bytes.length, InetAddress.ofLiteral(to), PORT));
            }
            ByteBuffer batch = batch();
            assertThat(tun.read(batch, true)).isEqualTo(3);
            List<ByteBuffer> frames = frames(batch.flip());
            assertThat(frames).hasSize(3);
            assertThat(payload(frames.get(0), 28)).asString().isEqualTo("100.64.77.2");
            assertThat(payload(frames.get(1), 48)).asString().isEqualTo("fd77::2");
            assertThat(payload(frames.get(2), 28)).asString().isEqualTo("100.64.77.3");
            assertThat(tun.read(batch.clear(), false)).isZero();
        }
    }

    @Test
    void gives_plain_packets_with_complete_checksums_to_who_asked_for_no_offloads()
            throws Exception {
        TunSettings settings =
                TunSettings.of(NAME, MTU, Offloads.NONE)
                        .withAddresses(TunAddress.parse("100.64.77.1/24"));
        try (Tun tun = open(settings);
                DatagramSocket socket = namespace.call(DatagramSocket::new)) {
            assertThat(tun.offloads()).isEqualTo(Offloads.NONE);
            InetAddress to = InetAddress.ofLiteral("100.64.77.2");
            socket.send(new DatagramPacket(new byte[77], 77, to, PORT));
            ByteBuffer batch = batch();
            tun.read(batch, true);
            ByteBuffer frame = frames(batch.flip()).getFirst();
            assertThat(Frame.flags(frame, 0)).isZero();
            byte[] packet = new byte[frame.capacity() - Frame.HEADER];
            frame.get(Frame.HEADER, packet);
            assertThat(Packets.checksumsHold(packet)).isTrue();
        }
    }

    @Test
    void the_kernel_takes_what_is_written_wherever_it_lies_in_the_buffer() throws Exception {
        try (Tun tun = open(SETTINGS);
                DatagramSocket socket = namespace.call(() -> new DatagramSocket(PORT))) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            for (int at = 0; at < 5; at++) {
                ByteBuffer batch = batch();
                byte[] untouched = new byte[batch.capacity()];
                Arrays.fill(untouched, (byte) 0x5a);
                batch.put(untouched).position(at);
                byte[] payload = ("frame at " + at).getBytes(UTF_8);
                batch.put(Packets.udp("100.64.77.2", "100.64.77.1", payload).incompleteFrame(PORT));
                batch.put(Packets.udp("fd77::2", "fd77::1", payload).plainFrame(PORT));
                int end = batch.position();
                batch.put((byte) 0).flip().position(at);
                assertThat(tun.write(batch)).isEqualTo(2);
                assertThat(batch.position()).isEqualTo(end);
                for (int i = 0; i < 2; i++) {
                    DatagramPacket packet = new DatagramPacket(new byte[100], 100);
                    socket.receive(packet);
                    assertThat(Arrays.copyOf(packet.getData(), packet.getLength()))
                            .isEqualTo(payload);
                }
                for (int i = 0; i < at; i++) {
                    assertThat(batch.get(i)).as("byte %d", i).isEqualTo((byte) 0x5a);
                }
                assertThat(batch.limit()).isEqualTo(end + 1);
                assertThat(batch.get(end)).isZero();
            }
            assertThat(tun.drops().total()).isZero();
        }
    }

    @Test
    void an_address_is_in_use_as_soon_as_the_device_is_open() throws Exception {
        byte[] payload = {42};
        try (DatagramSocket socket = namespace.call(() -> new DatagramSocket(PORT))) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            for (int i = 0; i < 50; i++) {
                try (Tun tun = open(SETTINGS)) {
                    tun.write(Packets.udp("fd77::2", "fd77::1", payload).plainFrame(PORT));
                    socket.receive(new DatagramPacket(new byte[9], 9));
                }
            }
        }
    }

    @Test
    void a_device_is_made_where_rules_keep_back_what_does_not_go_into_it() throws Exception {
        namespace.run("ip", "-4", "rule", "add", "pref", "18000", "unreachable");
        namespace.run("ip", "-6", "rule", "add", "pref", "18000", "unreachable");
        for (int i = 0; i < 50; i++) {
            open(SETTINGS).close();
        }
    }

    @Test
    void reading_leaves_the_bytes_before_the_batch_alone() throws Exception {
        try (Tun tun = open(SETTINGS);
                DatagramSocket socket = namespace.call(DatagramSocket::new)) {
            InetAddress to = InetAddress.ofLiteral("100.64.77.2");
            for (int at = 0; at < 5; at++) {
                socket.send(new DatagramPacket(new byte[] {1, 2, 3}, 3, to, PORT));
                ByteBuffer batch = batch();
                for (int i = 0; i < at; i++) {
                    batch.put((byte) 0x5a);
                }
                assertThat(tun.read(batch, true)).isEqualTo(1);
                batch.flip();
                for (int i = 0; i < at; i++) {
                    assertThat(batch.get()).isEqualTo((byte) 0x5a);
                }
                assertThat(payload(frames(batch).getFirst(), 28)).containsExactly(1, 2, 3);
            }
        }
    }

    /** Two devices in one namespace that forwards from the first to the second. */
    private Tun[] openRouter(Offloads first, Offloads second) throws Exception {
        Path all = Path.of("/proc/sys/net");
        namespace.call(() -> Files.writeString(all.resolve("ipv4/ip_forward"), "1"));
        namespace.call(() -> Files.writeString(all.resolve("ipv6/conf/all/forwarding"), "1"));
        Tun in =
                open(
                        TunSettings.of("fsin", MTU, first)
                                .withAddresses(
                                        TunAddress.parse("100.64.1.1/24"),
                                        TunAddress.parse("fd01::1/64")));
        Tun out =
                open(
                        TunSettings.of("fsout", MTU, second)
                                .withAddresses(
                                        TunAddress.parse("100.64.2.1/24"),
                                        TunAddress.parse("fd02::1/64")));
        return new Tun[] {in, out};
    }

    private static List<Packets> superPackets() {
        byte[] payload = new byte[50_001];
        new Random(4).nextBytes(payload);
        return List.of(
                Packets.tcp("100.64.1.2", "100.64.2.2", payload)
                        .withTcpFlags(Packets.ACK | Packets.PSH | Packets.FIN),
                Packets.tcp("100.64.1.2", "100.64.2.2", payload)
                        .withTcpOptions(12)
                        .withIdAndSequence(0xfffe, -7),
                Packets.tcp("fd01::2", "fd02::2", payload).withTcpFlags(Packets.ACK | Packets.CWR),
                Packets.tcp("fd01::2", "fd02::2", payload).withNetworkOptions(8),
                Packets.udp("100.64.1.2", "100.64.2.2", payload),
                Packets.udp("fd01::2", "fd02::2", payload));
    }

    /** What a router makes of it: one hop less. */
    private static void hop(ByteBuffer frame) {
        boolean ipv4 = (frame.get(Frame.HEADER) & 0xf0) == 0x40;
        int at = Frame.HEADER + (ipv4 ? 8 : 7);
        frame.put(at, (byte) (frame.get(at) - 1));
        if (ipv4) {
            int field = Frame.HEADER + 10;
            frame.putShort(field, (short) 0);
            byte[] header = new byte[(frame.get(Frame.HEADER) & 0xf) * 4];
            frame.get(Frame.HEADER, header);
            frame.putShort(field, (short) ~Packets.naiveSum(header, 0, header.length));
        }
    }

    /** So many frames, without what the router says of itself to its multicast groups. */
    private static List<ByteBuffer> readForwarded(Tun out, int atLeast) throws Exception {
        List<ByteBuffer> forwarded = new ArrayList<>();
        while (forwarded.size() < atLeast) {
            ByteBuffer batch = batch();
            out.read(batch, true);
            for (ByteBuffer frame : frames(batch.flip())) {
                boolean ipv6 = (frame.get(Frame.HEADER) & 0xf0) == 0x60;
                boolean multicast = ipv6 && frame.get(Frame.HEADER + 24) == (byte) 0xff;
                if (!multicast) {
                    forwarded.add(frame);
                }
            }
        }
        return forwarded;
    }

    @Test
    void super_packets_pass_the_kernel_whole() throws Exception {
        Tun[] router = openRouter(Offloads.ALL, Offloads.ALL);
        try (Tun in = router[0];
                Tun out = router[1]) {
            for (Packets packets : superPackets()) {
                assertThat(in.write(packets.superFrame(PORT, 1200))).isEqualTo(1);
                ByteBuffer expected = packets.superFrame(PORT, 1200);
                hop(expected);
                assertThat(readForwarded(out, 1)).as("%s", packets).containsExactly(expected);
            }
            assertThat(in.drops().total() + out.drops().total()).isZero();
        }
    }

    @Test
    void the_segmenter_cuts_as_the_kernel_does() throws Exception {
        Tun[] router = openRouter(Offloads.ALL, Offloads.NONE);
        try (Tun in = router[0];
                Tun out = router[1]) {
            for (Packets packets : superPackets()) {
                assertThat(in.write(packets.superFrame(PORT, 1200))).isEqualTo(1);
                ByteBuffer whole = packets.superFrame(PORT, 1200);
                hop(whole);
                ByteBuffer ours = batch();
                Drops drops = new Drops();
                new Segmenter(MTU, Offloads.ALL, Offloads.NONE, drops).adapt(whole, ours);
                List<ByteBuffer> expected = frames(ours.flip());
                assertThat(readForwarded(out, expected.size()))
                        .as("%s", packets)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void close_wakes_a_blocked_reader_and_removes_the_device() throws Exception {
        Tun tun = open(SETTINGS);
        assertThat(exists(NAME)).isTrue();
        FutureTask<Integer> reader = start(() -> tun.read(batch(), true));
        tun.close();
        assertThat(exists(NAME)).isFalse();
        assertThatThrownBy(reader::get).hasCauseInstanceOf(AsynchronousCloseException.class);
        assertThatThrownBy(() -> tun.read(batch(), false))
                .isInstanceOf(AsynchronousCloseException.class);
        assertThatThrownBy(() -> tun.write(batch())).isInstanceOf(AsynchronousCloseException.class);
        tun.close();
    }

    @Test
    void a_call_after_close_leaves_alone_who_has_the_descriptor_now() throws Exception {
        Tun old = open(SETTINGS);
        old.close();
        try (Tun tun = open(SETTINGS);
                DatagramSocket socket = namespace.call(() -> new DatagramSocket(PORT))) {
            assertThat(tun.descriptor()).isEqualTo(old.descriptor());
            assertThatThrownBy(() -> old.read(batch(), false))
                    .isInstanceOf(AsynchronousCloseException.class);
            assertThatThrownBy(() -> old.write(batch()))
                    .isInstanceOf(AsynchronousCloseException.class);
            old.close();
            tun.write(Packets.udp("100.64.77.2", "100.64.77.1", new byte[9]).plainFrame(PORT));
            socket.receive(new DatagramPacket(new byte[9], 9));
        }
    }

    @Test
    void close_in_the_midst_of_traffic_ends_every_reader_and_writer() throws Exception {
        for (int round = 0; round < 30; round++) {
            Tun tun = open(SETTINGS);
            CountDownLatch busy = new CountDownLatch(3);
            List<FutureTask<Object>> workers = new ArrayList<>();
            for (int writer = 0; writer < 2; writer++) {
                workers.add(
                        start(
                                () -> {
                                    while (true) {
                                        // Refused by the kernel, so that it answers to the reader.
                                        tun.write(
                                                Packets.udp(
                                                                "100.64.77.2",
                                                                "100.64.77.1",
                                                                new byte[9])
                                                        .plainFrame(9));
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
            busy.await();
            tun.close();
            assertThat(exists(NAME)).isFalse();
            for (FutureTask<Object> worker : workers) {
                assertThatThrownBy(worker::get)
                        .hasCauseInstanceOf(AsynchronousCloseException.class);
            }
        }
    }

    @Test
    void a_device_with_several_queues_goes_with_the_last() throws Exception {
        List<Tun> queues = namespace.call(() -> TunDevices.openQueues(SETTINGS, 3));
        assertThat(queues).hasSize(3);
        try (DatagramSocket socket = namespace.call(() -> new DatagramSocket(PORT))) {
            for (Tun queue : queues) {
                byte[] payload = {42};
                queue.write(Packets.udp("100.64.77.2", "100.64.77.1", payload).plainFrame(PORT));
                socket.receive(new DatagramPacket(new byte[9], 9));
                assertThat(exists(NAME)).isTrue();
                queue.close();
            }
        }
        assertThat(exists(NAME)).isFalse();
    }

    @Test
    void says_that_the_name_is_taken() throws Exception {
        try (Tun tun = open(SETTINGS)) {
            assertUnavailable(
                    SETTINGS,
                    TunUnavailableException.Reason.NAME_TAKEN,
                    "a device with this name exists");
            assertThat(exists(tun.name())).isTrue();
        }
        namespace.run("ip", "tuntap", "add", NAME, "mode", "tun");
        assertUnavailable(SETTINGS, TunUnavailableException.Reason.NAME_TAKEN, "ip link del");
    }

    private void assertUnavailable(
            TunSettings settings, TunUnavailableException.Reason reason, String words) {
        assertThatThrownBy(() -> open(settings))
                .isInstanceOfSatisfying(
                        TunUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(words)
                .hasMessageContaining("Nothing was changed");
    }

    @Test
    void says_what_to_do_when_there_is_no_right() throws Exception {
        namespace.dropRights();
        assertUnavailable(
                SETTINGS, TunUnavailableException.Reason.NO_RIGHT, "Run it as root or with");
        assertThat(exists(NAME)).isFalse();
    }

    @Test
    void says_that_ipv6_is_switched_off_and_leaves_nothing() throws Exception {
        Path sysctl = Path.of("/proc/sys/net/ipv6/conf/default/disable_ipv6");
        namespace.call(() -> Files.writeString(sysctl, "1"));
        assertUnavailable(
                SETTINGS,
                TunUnavailableException.Reason.ADDRESS_REFUSED,
                "IPv6 is switched off here");
        assertThat(exists(NAME)).isFalse();
    }

    @Test
    void tells_the_reader_that_somebody_removed_the_device() throws Exception {
        try (Tun tun = open(SETTINGS)) {
            FutureTask<Integer> reader = start(() -> tun.read(batch(), true));
            namespace.run("ip", "link", "del", NAME);
            assertThatThrownBy(reader::get)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("somebody removed it");
        }
    }

    @Test
    void counts_what_a_device_that_is_down_does_not_take() throws Exception {
        try (Tun tun = open(SETTINGS)) {
            namespace.run("ip", "link", "set", NAME, "down");
            ByteBuffer frame = Packets.udp("100.64.77.2", "100.64.77.1", new byte[9]).plainFrame(9);
            assertThat(tun.write(frame)).isZero();
            assertThat(tun.drops().count(Drops.Reason.NO_ROOM)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void survives_ten_thousand_hostile_frames(long seed) throws Exception {
        Random random = new Random(seed);
        try (Tun tun = open(SETTINGS);
                DatagramSocket socket = namespace.call(() -> new DatagramSocket(PORT))) {
            int lies = 0;
            for (int i = 0; i < 10_000; i++) {
                if (i % 2 == 0) {
                    // Each of these lies in its frame header: not one may be taken.
                    assertThat(tun.write(lyingFrame(random))).as("seed %d, %d", seed, i).isZero();
                    lies++;
                } else {
                    tun.write(damagedFrame(random));
                }
            }
            assertThat(tun.drops().total()).isGreaterThan(lies);
            assertThat(tun.drops().count(Drops.Reason.REFUSED_BY_SYSTEM))
                    .as("frames that only the kernel found wrong: %s", tun.drops())
                    .isZero();
            tun.write(Packets.udp("100.64.77.2", "100.64.77.1", new byte[9]).plainFrame(PORT));
            socket.receive(new DatagramPacket(new byte[9], 9));
        }
    }

    private static Packets target(Random random) {
        boolean ipv4 = random.nextBoolean();
        String from = ipv4 ? "100.64.77.2" : "fd77::2";
        String to = ipv4 ? "100.64.77.1" : "fd77::1";
        byte[] payload = new byte[3000 + random.nextInt(30_000)];
        Packets packets =
                random.nextBoolean()
                        ? Packets.tcp(from, to, payload)
                        : Packets.udp(from, to, payload);
        return packets.withNetworkOptions(8 * random.nextInt(3));
    }

    private static ByteBuffer lyingFrame(Random random) {
        ByteBuffer frame = target(random).superFrame(9, 1000);
        switch (random.nextInt(5)) {
            case 0 -> frame.putShort(2, (short) 0);
            case 1 -> frame.putShort(2, (short) (MTU + random.nextInt(65_535 - MTU)));
            case 2 -> frame.put(0, (byte) (3 + random.nextInt(250)));
            case 3 -> frame.put(1, (byte) (random.nextInt(127) * 2));
            default -> frame.put(0, (byte) (3 - frame.get(0)));
        }
        return frame;
    }

    private static ByteBuffer damagedFrame(Random random) {
        ByteBuffer frame;
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[1 + random.nextInt(MTU)];
            random.nextBytes(noise);
            noise[0] = (byte) (random.nextBoolean() ? 0x45 : 0x60);
            frame = Packets.frame(random.nextInt(3), random.nextInt(2), 0, noise);
        } else {
            frame = target(random).superFrame(PORT, 1 + random.nextInt(MTU));
        }
        int damages = 1 + random.nextInt(4);
        for (int i = 0; i < damages; i++) {
            int at = random.nextInt(Math.min(frame.capacity() - Frame.HEADER, 60));
            // The frame's length stays: without it there is no next frame.
            frame.put(Frame.HEADER + at, (byte) random.nextInt(256));
        }
        return frame;
    }
}

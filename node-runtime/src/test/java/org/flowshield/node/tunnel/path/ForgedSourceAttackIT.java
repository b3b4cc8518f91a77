package org.flowshield.node.tunnel.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MemoryTun;
import org.flowshield.tun.MemoryTun.Overflow;
import org.flowshield.tun.Offloads;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The attack: a client sends packets into its tunnel that do not come from its inner addresses, so
 * that answers, blame or charges go to somebody else.
 *
 * <ol>
 *   <li>Two clients have sessions with a provider.
 *   <li>One sends 10,000 packets of each kind: IPv4 and IPv6 with the other's address, the
 *       gateway's, the provider's own, public, loopback, multicast and random addresses, plain and
 *       as super-packets; packets that are cut off; packets with other versions in their first
 *       byte. Between them come honest ones, which show that the way is open.
 *   <li>Not one forged packet may leave the provider's device, and each is counted.
 * </ol>
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ForgedSourceAttackIT {

    private static final int FORGED = 10_000;
    private static final int HONEST = 500;
    private static final String ATTACKER = "100.64.0.2";
    private static final String ATTACKER6 = "fd12:3456:789a::2";
    private static final String SERVER = "192.0.2.80";
    private static final String SERVER6 = "2001:db8::80";

    private static final List<String> SOURCES4 =
            List.of(
                    "100.64.0.3",
                    "100.64.0.1",
                    "203.0.113.2",
                    "192.0.2.80",
                    "127.0.0.1",
                    "224.0.0.1",
                    "255.255.255.255",
                    "0.0.0.0",
                    "10.0.0.1");

    private static final List<String> SOURCES6 =
            List.of(
                    "fd12:3456:789a::3",
                    "fd12:3456:789a::1",
                    "2001:db8::80",
                    "::1",
                    "::",
                    "fe80::1",
                    "ff02::1",
                    "64:ff9b::100.64.0.2",
                    "2002:6440:2::2");

    private final Random random = new Random(20_251);

    /** What is wrong with a packet. */
    enum Forgery {
        V4,
        V6,
        TRUNCATED,
        OTHER_VERSION
    }

    @ParameterizedTest
    @EnumSource(Forgery.class)
    void no_forged_packet_passes_and_each_is_counted(Forgery kind) throws Exception {
        BlockingQueue<PathEnd> ends = new LinkedBlockingQueue<>();
        try (MemoryTun.Pair tun =
                        MemoryTun.pair(1420, Offloads.ALL, Offloads.ALL, Overflow.DROP, 4 << 20);
                ProviderPath provider = new ProviderPath(tun.left(), ends::add);
                MemoryLane.Pair lane = MemoryLane.pair(100_000)) {
            provider.start();
            SessionPath attacker =
                    provider.add(
                            TestFrames.addresses(ATTACKER, ATTACKER6), Offloads.ALL, ends::add);
            provider.add(
                    TestFrames.addresses("100.64.0.3", "fd12:3456:789a::3"),
                    Offloads.ALL,
                    ends::add);
            attacker.attach(0, false, lane.right());

            List<byte[]> honest = attack(lane.left(), kind);
            lane.left().close();

            assertThat(ends.take().reason()).isEqualTo(PathEnd.Reason.LANE_ENDED);
            assertThat(arrived(tun.right())).containsExactly(honest.toArray(byte[][]::new));
            assertThat(attacker.counters().forged()).isEqualTo(FORGED);
            assertThat(attacker.counters().dropped()).isEqualTo(FORGED);
            assertThat(attacker.counters().receivedPackets()).isEqualTo(HONEST);
            assertThat(tun.left().drops().total()).isZero();
        }
    }

    /** Sends everything; returns the honest packets. */
    private List<byte[]> attack(MemoryLane lane, Forgery kind) throws Exception {
        List<byte[]> honest = new ArrayList<>();
        for (int i = 0; i < FORGED; i++) {
            send(lane, forged(kind, i));
            if (i % (FORGED / HONEST) == 0) {
                honest.add(TestFrames.udp(ATTACKER, SERVER, i, random.nextInt(100)));
                send(lane, TestFrames.plain(honest.getLast()));
            }
        }
        return honest;
    }

    private static void send(MemoryLane lane, byte[] frame) throws Exception {
        ByteBuffer batch = ByteBuffer.allocateDirect(MemoryLane.HEADROOM + frame.length);
        lane.send(batch.put(MemoryLane.HEADROOM, frame).position(MemoryLane.HEADROOM), true);
    }

    private byte[] forged(Forgery kind, int i) throws UnknownHostException {
        return switch (kind) {
            case V4 ->
                    switch (i % 3) {
                        case 0 -> TestFrames.plain(packet(source(SOURCES4)));
                        case 1 -> TestFrames.plain(packet(randomSource(ATTACKER)));
                        default -> superPacket(source(SOURCES4));
                    };
            case V6 ->
                    switch (i % 3) {
                        case 0 -> TestFrames.plain(packet(source(SOURCES6)));
                        case 1 -> TestFrames.plain(packet(randomSource(ATTACKER6)));
                        default -> TestFrames.plain(mappedSource());
                    };
            case TRUNCATED -> {
                boolean v6 = random.nextBoolean();
                byte[] whole =
                        v6
                                ? TestFrames.udp(ATTACKER6, SERVER6, 1, 0)
                                : TestFrames.udp(ATTACKER, SERVER, 1, 0);
                int left = 1 + random.nextInt(v6 ? 39 : 19);
                yield TestFrames.plain(Arrays.copyOf(whole, left));
            }
            case OTHER_VERSION -> {
                byte[] packet = TestFrames.udp(ATTACKER, SERVER, 1, random.nextInt(100));
                packet[0] = (byte) ((random.nextBoolean() ? 0x50 : 0xf0) | (packet[0] & 0xf));
                yield TestFrames.plain(packet);
            }
        };
    }

    private byte[] packet(String source) {
        boolean v6 = source.contains(":");
        return TestFrames.udp(source, v6 ? SERVER6 : SERVER, 53, random.nextInt(100));
    }

    private String source(List<String> sources) {
        return sources.get(random.nextInt(sources.size()));
    }

    /** One bit beside the attacker's own, the closest that a forgery can be. */
    private String randomSource(String attacker) throws UnknownHostException {
        byte[] own = InetAddress.ofLiteral(attacker).getAddress();
        own[random.nextInt(own.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return InetAddress.getByAddress(own).getHostAddress();
    }

    /** The attacker's own IPv4 address in an IPv6 header. */
    private byte[] mappedSource() throws UnknownHostException {
        byte[] packet = TestFrames.udp("::", SERVER6, 53, random.nextInt(100));
        ByteBuffer.wrap(packet)
                .putShort(18, (short) 0xffff)
                .put(20, InetAddress.ofLiteral(ATTACKER).getAddress());
        return packet;
    }

    private static byte[] superPacket(String source) {
        byte[] packet = TestFrames.tcp(source, SERVER, 443, 3000);
        return TestFrames.frame(Frame.TCP, Frame.CHECKSUM_INCOMPLETE, 1380, packet);
    }

    private static List<byte[]> arrived(MemoryTun device) throws Exception {
        List<byte[]> packets = new ArrayList<>();
        ByteBuffer batch = ByteBuffer.allocateDirect(2 * Frame.MAX);
        while (device.read(batch.clear(), false) > 0) {
            packets.addAll(TestFrames.packets(batch.flip()));
        }
        return packets;
    }
}

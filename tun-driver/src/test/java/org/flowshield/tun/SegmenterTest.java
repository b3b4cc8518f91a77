package org.flowshield.tun;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmenterTest {

    private static final int MTU = 1420;
    private static final int PORT = 443;

    private final Drops drops = new Drops();
    private final Segmenter segmenter = new Segmenter(MTU, Offloads.ALL, Offloads.NONE, drops);

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Cuts a batch with an output of so many bytes at a time. */
    private List<byte[]> cut(ByteBuffer batch, int room) throws MalformedFrameException {
        List<byte[]> packets = new ArrayList<>();
        boolean done;
        do {
            ByteBuffer out = ByteBuffer.allocate(room);
            done = segmenter.adapt(batch, out);
            out.flip();
            int length;
            while ((length = Frame.wholePacketLength(out)) > 0) {
                int at = out.position();
                assertThat(Frame.kind(out, at)).isEqualTo(Frame.PLAIN);
                assertThat(Frame.flags(out, at)).isZero();
                assertThat(Frame.segmentSize(out, at)).isZero();
                byte[] packet = new byte[length];
                out.get(at + Frame.HEADER, packet);
                packets.add(packet);
                out.position(at + Frame.HEADER + length);
            }
            assertThat(out.hasRemaining()).isFalse();
        } while (!done);
        return packets;
    }

    private static byte[] payloads(List<byte[]> packets, int headers) {
        int length = packets.stream().mapToInt(packet -> packet.length - headers).sum();
        ByteBuffer payload = ByteBuffer.allocate(length);
        packets.forEach(packet -> payload.put(packet, headers, packet.length - headers));
        return payload.array();
    }

    @Test
    void cuts_tcp_as_a_network_card_would() throws MalformedFrameException {
        Packets packets =
                Packets.tcp("100.64.0.1", "192.0.2.1", random(2500, 1))
                        .withTcpFlags(Packets.ACK | Packets.PSH | Packets.FIN | Packets.CWR)
                        .withIdAndSequence(0xffff, 0xffff_fc00);
        List<byte[]> cut = cut(packets.superFrame(PORT, 1000), 100_000);
        assertThat(cut).hasSize(3).allMatch(Packets::checksumsHold);
        assertThat(cut).extracting(packet -> packet.length).containsExactly(1040, 1040, 540);
        assertThat(cut)
                .extracting(packet -> ByteBuffer.wrap(packet).getShort(4) & 0xffff)
                .containsExactly(0xffff, 0, 1);
        assertThat(cut)
                .extracting(packet -> ByteBuffer.wrap(packet).getInt(24))
                .containsExactly(0xffff_fc00, 0xffff_ffe8, 0x3d0);
        assertThat(cut)
                .extracting(packet -> packet[33] & 0xff)
                .containsExactly(
                        Packets.ACK | Packets.CWR,
                        Packets.ACK,
                        Packets.ACK | Packets.PSH | Packets.FIN);
        assertThat(payloads(cut, packets.headers())).isEqualTo(packets.payload());
    }

    @Test
    void cuts_udp_into_whole_datagrams() throws MalformedFrameException {
        Packets packets = Packets.udp("fd00::1", "2001:db8::1", random(2500, 2));
        List<byte[]> cut = cut(packets.superFrame(PORT, 1200), 100_000);
        assertThat(cut).hasSize(3).allMatch(Packets::checksumsHold);
        assertThat(cut)
                .extracting(packet -> ByteBuffer.wrap(packet).getShort(44))
                .containsExactly((short) 1208, (short) 1208, (short) 108);
        assertThat(payloads(cut, packets.headers())).isEqualTo(packets.payload());
    }

    @Test
    void completes_the_checksum_of_a_plain_packet() throws MalformedFrameException {
        for (Packets packets :
                List.of(
                        Packets.tcp("100.64.0.1", "192.0.2.1", random(33, 3)),
                        Packets.udp("fd00::1", "2001:db8::1", new byte[0]).withNetworkOptions(8),
                        Packets.tcp("fd00::1", "2001:db8::1", new byte[0])
                                .withTcpFlags(Packets.SYN))) {
            List<byte[]> cut = cut(packets.incompleteFrame(PORT), 100_000);
            assertThat(cut).hasSize(1);
            assertThat(cut.getFirst()).isEqualTo(packets.complete(PORT));
        }
    }

    @Test
    void hands_on_what_the_receiver_takes() throws MalformedFrameException {
        Packets packets = Packets.tcp("100.64.0.1", "192.0.2.1", random(5000, 4));
        ByteBuffer batch = packets.superFrame(PORT, 1000);
        ByteBuffer out = ByteBuffer.allocate(10_000);
        Offloads tcp4 = new Offloads(true, true, false, false);
        assertThat(new Segmenter(MTU, Offloads.ALL, tcp4, drops).adapt(batch, out)).isTrue();
        assertThat(out.flip()).isEqualTo(batch.flip());
    }

    @Test
    void any_super_packet_cut_and_joined_again_is_its_payload() throws MalformedFrameException {
        long seed = 20_260_101;
        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            Packets packets = anyPackets(random);
            int size = 64 + random.nextInt(MTU - packets.headers() - 63);
            int most = packets.tcp() ? 1024 : 128;
            String what = "seed " + seed + ", round " + round + ", size " + size;
            if (Math.ceilDiv(packets.payload().length, size) > most) {
                continue;
            }
            int room = Frame.HEADER + MTU + random.nextInt(10_000);
            List<byte[]> cut = cut(packets.superFrame(PORT, size), room);
            assertThat(drops.total()).as(what).isZero();
            assertThat(cut).as(what).allMatch(Packets::checksumsHold);
            assertThat(cut).as(what).allMatch(packet -> packet.length <= MTU);
            assertThat(payloads(cut, packets.headers())).as(what).isEqualTo(packets.payload());
            for (int i = 0; i < cut.size(); i++) {
                int from = i * size;
                int to = Math.min(from + size, packets.payload().length);
                byte[] expected = Arrays.copyOfRange(packets.payload(), from, to);
                Packets segment =
                        new Packets(
                                packets.from(),
                                packets.to(),
                                packets.tcp(),
                                packets.networkOptions(),
                                packets.transportOptions(),
                                packets.id() + i,
                                packets.sequence() + from,
                                packets.tcpFlags(),
                                expected);
                assertThat(cut.get(i)).as(what).isEqualTo(segment.complete(PORT));
            }
        }
    }

    private static Packets anyPackets(Random random) {
        boolean ipv4 = random.nextBoolean();
        boolean tcp = random.nextBoolean();
        String from = ipv4 ? "100.64.0." + random.nextInt(256) : "fd00::" + random.nextInt(9999);
        String to = ipv4 ? "192.0.2.1" : "2001:db8::ffff:ffff";
        int options = 8 * random.nextInt(5);
        byte[] payload = random(1 + random.nextInt(65_535 - 120), random.nextLong());
        Packets packets = tcp ? Packets.tcp(from, to, payload) : Packets.udp(from, to, payload);
        return packets.withNetworkOptions(options)
                .withTcpOptions(tcp ? 4 * random.nextInt(11) : 0)
                .withIdAndSequence(random.nextInt(65_536), random.nextInt());
    }

    @Test
    void drops_and_counts_what_does_not_hold_together() throws MalformedFrameException {
        Packets packets = Packets.tcp("100.64.0.1", "192.0.2.1", random(5000, 5));
        ByteBuffer hostile = packets.superFrame(PORT, 0);
        ByteBuffer good = packets.superFrame(PORT, 1000);
        ByteBuffer batch =
                ByteBuffer.allocate(hostile.capacity() + good.capacity()).put(hostile).put(good);
        assertThat(cut(batch.flip(), 10_000)).hasSize(5);
        assertThat(drops.count(Drops.Reason.BAD_SEGMENT_SIZE)).isEqualTo(1);
        assertThat(drops.total()).isEqualTo(1);
    }

    @Test
    void leaves_an_incomplete_last_frame_where_it_is() throws MalformedFrameException {
        ByteBuffer batch = Packets.tcp("100.64.0.1", "192.0.2.1", new byte[50]).plainFrame(PORT);
        batch.limit(batch.capacity() - 1);
        assertThat(cut(batch, 10_000)).isEmpty();
        assertThat(batch.position()).isZero();
    }
}

package org.flowshield.tun;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PacketLayoutTest {

    private static final int MTU = 1420;
    private static final int PORT = 9;
    private static final Packets TCP4 = Packets.tcp("100.64.0.1", "192.0.2.1", new byte[6000]);
    private static final Packets TCP6 = Packets.tcp("fd00::1", "2001:db8::1", new byte[6000]);
    private static final Packets UDP4 = Packets.udp("100.64.0.1", "192.0.2.1", new byte[6000]);
    private static final Packets UDP6 = Packets.udp("fd00::1", "2001:db8::1", new byte[6000]);

    private final PacketLayout layout = new PacketLayout();

    private Drops.@Nullable Reason reason(ByteBuffer frame) {
        return layout.parseFrame(frame, 0, MTU, Offloads.ALL);
    }

    private Drops.@Nullable Reason reason(ByteBuffer frame, Offloads offered) {
        return layout.parseFrame(frame, 0, MTU, offered);
    }

    private static ByteBuffer small(boolean tcp, boolean ipv4) {
        String from = ipv4 ? "100.64.0.1" : "fd00::1";
        String to = ipv4 ? "192.0.2.1" : "2001:db8::1";
        Packets packets =
                tcp ? Packets.tcp(from, to, new byte[7]) : Packets.udp(from, to, new byte[7]);
        return packets.incompleteFrame(PORT);
    }

    @Test
    void finds_the_headers_of_each_kind_of_packet() {
        for (Packets packets :
                new Packets[] {
                    TCP4,
                    TCP6,
                    UDP4,
                    UDP6,
                    TCP4.withNetworkOptions(40).withTcpOptions(40),
                    TCP6.withNetworkOptions(16).withTcpOptions(12),
                    UDP6.withNetworkOptions(8)
                }) {
            assertThat(reason(packets.superFrame(PORT, 1000))).isNull();
            assertThat(layout.version()).isEqualTo(packets.isIpv4() ? 4 : 6);
            assertThat(layout.isTcp()).isEqualTo(packets.tcp());
            assertThat(layout.transport()).isEqualTo(packets.networkHeader());
            assertThat(layout.headers()).isEqualTo(packets.headers());
            assertThat(layout.segments()).isEqualTo(6);
        }
    }

    @Test
    void refuses_segment_sizes_of_zero_above_the_mtu_and_too_small() {
        for (Packets packets : new Packets[] {TCP4, TCP6, UDP4, UDP6}) {
            int largest = MTU - packets.headers();
            assertThat(reason(packets.superFrame(PORT, largest))).isNull();
            for (int size : new int[] {0, 1, largest + 1, MTU, 65_535}) {
                assertThat(reason(packets.superFrame(PORT, size)))
                        .as("%s, segments of %d", packets, size)
                        .isEqualTo(Drops.Reason.BAD_SEGMENT_SIZE);
            }
        }
        // 6000 bytes: 1000 segments of 6 are allowed for TCP, 125 of 48 for UDP.
        assertThat(reason(TCP4.superFrame(PORT, 6))).isNull();
        assertThat(reason(TCP4.superFrame(PORT, 5))).isEqualTo(Drops.Reason.BAD_SEGMENT_SIZE);
        assertThat(reason(UDP4.superFrame(PORT, 48))).isNull();
        assertThat(reason(UDP4.superFrame(PORT, 46))).isEqualTo(Drops.Reason.BAD_SEGMENT_SIZE);
    }

    @Test
    void refuses_a_plain_packet_above_the_mtu_or_with_a_segment_size() {
        byte[] longest = Packets.udp("100.64.0.1", "192.0.2.1", new byte[MTU - 28]).complete(PORT);
        assertThat(reason(Packets.frame(Frame.PLAIN, 0, 0, longest))).isNull();
        assertThat(reason(Packets.frame(Frame.PLAIN, 0, 1, longest)))
                .isEqualTo(Drops.Reason.BAD_SEGMENT_SIZE);
        byte[] longer = Packets.udp("100.64.0.1", "192.0.2.1", new byte[MTU - 27]).complete(PORT);
        assertThat(reason(Packets.frame(Frame.PLAIN, 0, 0, longer)))
                .isEqualTo(Drops.Reason.LONGER_THAN_MTU);
    }

    @Test
    void refuses_what_the_device_did_not_offer() {
        Offloads checksumOnly = new Offloads(true, false, false, false);
        assertThat(reason(small(true, true), Offloads.NONE)).isEqualTo(Drops.Reason.NOT_OFFERED);
        assertThat(reason(small(true, true), checksumOnly)).isNull();
        for (Packets packets : new Packets[] {TCP4, TCP6, UDP4, UDP6}) {
            assertThat(reason(packets.superFrame(PORT, 1000), checksumOnly))
                    .isEqualTo(Drops.Reason.NOT_OFFERED);
        }
        Offloads tcp6Only = new Offloads(true, false, true, false);
        assertThat(reason(TCP6.superFrame(PORT, 1000), tcp6Only)).isNull();
        assertThat(reason(TCP4.superFrame(PORT, 1000), tcp6Only))
                .isEqualTo(Drops.Reason.NOT_OFFERED);
    }

    @Test
    void refuses_a_kind_that_the_packet_is_not() {
        ByteBuffer frame = TCP4.superFrame(PORT, 1000).put(0, Frame.UDP);
        assertThat(reason(frame)).isEqualTo(Drops.Reason.NO_TRANSPORT);
        frame = UDP6.superFrame(PORT, 1000).put(0, Frame.TCP);
        assertThat(reason(frame)).isEqualTo(Drops.Reason.NO_TRANSPORT);
        for (int kind : new int[] {3, 127, -1}) {
            frame = TCP4.superFrame(PORT, 1000).put(0, (byte) kind);
            assertThat(reason(frame)).isEqualTo(Drops.Reason.UNKNOWN_KIND);
        }
    }

    @Test
    void refuses_unknown_flags_and_super_packets_with_complete_checksums() {
        assertThat(reason(small(true, true).put(1, (byte) 2))).isEqualTo(Drops.Reason.BAD_FLAGS);
        assertThat(reason(small(true, true).put(1, (byte) 0x81))).isEqualTo(Drops.Reason.BAD_FLAGS);
        assertThat(reason(TCP4.superFrame(PORT, 1000).put(1, (byte) 0)))
                .isEqualTo(Drops.Reason.BAD_FLAGS);
    }

    @Test
    void refuses_versions_other_than_4_and_6() {
        for (int version = 0; version < 16; version++) {
            ByteBuffer frame = small(false, true);
            frame.put(Frame.HEADER, (byte) ((version << 4) | 5));
            if (version != 4) {
                assertThat(reason(frame)).as("version %d", version).isNotNull();
            }
        }
        assertThat(reason(Packets.frame(Frame.PLAIN, 0, 0, new byte[60])))
                .isEqualTo(Drops.Reason.NOT_IP);
    }

    @Test
    void refuses_every_length_that_disagrees_with_the_frame() {
        for (boolean ipv4 : new boolean[] {true, false}) {
            for (boolean tcp : new boolean[] {true, false}) {
                int field = Frame.HEADER + (ipv4 ? 2 : 4);
                int right = small(tcp, ipv4).getShort(field);
                for (int wrong : new int[] {0, 1, right - 1, right + 1, 65_535}) {
                    ByteBuffer frame = small(tcp, ipv4).putShort(field, (short) wrong);
                    assertThat(reason(frame)).isEqualTo(Drops.Reason.BAD_LENGTH);
                    assertThat(reason(frame.put(1, (byte) 0))).isEqualTo(Drops.Reason.BAD_LENGTH);
                }
            }
        }
    }

    @Test
    void refuses_a_packet_cut_at_any_byte_of_its_headers() {
        for (Packets packets :
                new Packets[] {
                    TCP4.withNetworkOptions(8).withTcpOptions(12),
                    TCP6.withNetworkOptions(16).withTcpOptions(12),
                    UDP4,
                    UDP6.withNetworkOptions(8)
                }) {
            byte[] whole = packets.incomplete(PORT);
            for (int length = 1; length < packets.headers(); length++) {
                byte[] cut = java.util.Arrays.copyOf(whole, length);
                putLength(cut, packets.isIpv4());
                ByteBuffer frame = Packets.frame(Frame.PLAIN, Frame.CHECKSUM_INCOMPLETE, 0, cut);
                assertThat(reason(frame))
                        .as("%s cut to %d", packets, length)
                        .isIn(Drops.Reason.BAD_LENGTH, Drops.Reason.NOT_IP);
            }
        }
    }

    private static void putLength(byte[] packet, boolean ipv4) {
        if (ipv4 && packet.length >= 4) {
            ByteBuffer.wrap(packet).putShort(2, (short) packet.length);
        }
        if (!ipv4 && packet.length >= 40) {
            ByteBuffer.wrap(packet).putShort(4, (short) (packet.length - 40));
        }
    }

    @Test
    void refuses_header_lengths_that_lie() {
        ByteBuffer frame = small(true, true);
        frame.put(Frame.HEADER, (byte) 0x44);
        assertThat(reason(frame)).isEqualTo(Drops.Reason.BAD_LENGTH);
        frame = small(true, true);
        frame.put(Frame.HEADER, (byte) 0x4f);
        assertThat(reason(frame)).isEqualTo(Drops.Reason.BAD_LENGTH);
        for (int words : new int[] {0, 4, 15}) {
            frame = small(true, true);
            frame.put(Frame.HEADER + 20 + 12, (byte) (words << 4));
            assertThat(reason(frame)).isEqualTo(Drops.Reason.BAD_LENGTH);
        }
        frame = small(false, true);
        frame.putShort(Frame.HEADER + 20 + 4, (short) 8);
        assertThat(reason(frame)).isEqualTo(Drops.Reason.BAD_LENGTH);
    }

    @Test
    void refuses_a_super_packet_without_payload() {
        Packets empty = Packets.tcp("100.64.0.1", "192.0.2.1", new byte[0]);
        assertThat(reason(empty.superFrame(PORT, 1000))).isEqualTo(Drops.Reason.BAD_LENGTH);
    }

    @Test
    void lets_fragments_pass_only_if_nothing_is_left_to_do() {
        for (int field : new int[] {0x2000, 0x0001, 0x1fff, 0x2010}) {
            ByteBuffer frame = small(false, true).putShort(Frame.HEADER + 6, (short) field);
            assertThat(reason(frame)).isEqualTo(Drops.Reason.FRAGMENT);
            assertThat(reason(frame.put(1, (byte) 0))).isNull();
            frame = UDP4.superFrame(PORT, 1000).putShort(Frame.HEADER + 6, (short) field);
            assertThat(reason(frame)).isEqualTo(Drops.Reason.FRAGMENT);
        }
        ByteBuffer frame = UDP6.withNetworkOptions(8).superFrame(PORT, 1000);
        assertThat(reason(frame.put(Frame.HEADER + 6, (byte) 44))).isEqualTo(Drops.Reason.FRAGMENT);
    }

    @Test
    void refuses_transports_whose_checksum_it_does_not_know() {
        for (int protocol : new int[] {1, 4, 41, 47, 50, 132, 255}) {
            ByteBuffer frame = small(false, true).put(Frame.HEADER + 9, (byte) protocol);
            assertThat(reason(frame)).isEqualTo(Drops.Reason.NO_TRANSPORT);
            assertThat(reason(frame.put(1, (byte) 0))).isNull();
        }
    }

    @Test
    void refuses_super_packets_that_open_or_reset() {
        for (int flags : new int[] {0x02, 0x04, 0x12}) {
            ByteBuffer frame = TCP4.withTcpFlags(flags).superFrame(PORT, 1000);
            assertThat(reason(frame)).isEqualTo(Drops.Reason.IMPLAUSIBLE);
        }
    }

    @Test
    void gives_up_on_a_long_chain_of_extension_headers() {
        byte[] packet = new byte[40 + 8 * (PacketLayout.MAX_EXTENSION_HEADERS + 1) + 8];
        ByteBuffer.wrap(packet)
                .putInt(0x60000000)
                .putShort((short) (packet.length - 40))
                .put((byte) 60);
        for (int at = 40; at < packet.length - 8; at += 8) {
            packet[at] = 60;
        }
        packet[packet.length - 16] = 17;
        packet[packet.length - 3] = 8;
        ByteBuffer frame = Packets.frame(Frame.PLAIN, Frame.CHECKSUM_INCOMPLETE, 0, packet);
        assertThat(reason(frame)).isEqualTo(Drops.Reason.IMPLAUSIBLE);
    }
}

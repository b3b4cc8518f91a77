package org.flowshield.tun.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.flowshield.tun.Drops;
import org.flowshield.tun.Frame;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.Packets;
import org.junit.jupiter.api.Test;

class VirtioHeaderTest {

    private static final int MTU = 1420;
    private static final Packets TCP4 = Packets.tcp("100.64.0.1", "192.0.2.1", new byte[6000]);
    private static final Packets UDP6 = Packets.udp("fd00::1", "2001:db8::1", new byte[6000]);

    private final VirtioHeader header = new VirtioHeader(MTU, Offloads.ALL);
    private final ByteBuffer built = ByteBuffer.allocate(VirtioHeader.SIZE);

    /** The header that belongs to a frame, its fields as the kernel reads them. */
    private int[] build(ByteBuffer frame) {
        assertThat(header.build(frame, 0, built, 0)).isNull();
        ByteBuffer fields = built.duplicate().order(ByteOrder.nativeOrder());
        return new int[] {
            fields.get(0),
            fields.get(1) & 0xff,
            fields.getShort(2),
            fields.getShort(4),
            fields.getShort(6),
            fields.getShort(8)
        };
    }

    @Test
    void tells_the_kernel_what_it_found_in_the_packet() {
        assertThat(build(TCP4.superFrame(9, 1000))).containsExactly(1, 1, 40, 1000, 20, 16);
        Packets options = TCP4.withNetworkOptions(8).withTcpOptions(12);
        assertThat(build(options.superFrame(9, 1000))).containsExactly(1, 1, 60, 1000, 28, 16);
        Packets tcp6 = Packets.tcp("fd00::1", "2001:db8::1", new byte[6000]);
        assertThat(build(tcp6.superFrame(9, 1200))).containsExactly(1, 4, 60, 1200, 40, 16);
        assertThat(build(UDP6.superFrame(9, 1200))).containsExactly(1, 5, 48, 1200, 40, 6);
        assertThat(build(UDP6.withNetworkOptions(8).superFrame(9, 1200)))
                .containsExactly(1, 5, 56, 1200, 48, 6);
    }

    @Test
    void marks_a_super_packet_that_answers_congestion() {
        Packets cwr = TCP4.withTcpFlags(Packets.ACK | Packets.CWR);
        assertThat(build(cwr.superFrame(9, 1000))).containsExactly(1, 0x81, 40, 1000, 20, 16);
    }

    @Test
    void asks_for_the_checksum_of_a_plain_packet_only_if_it_is_incomplete() {
        Packets packets = Packets.udp("100.64.0.1", "192.0.2.1", new byte[60]);
        assertThat(build(packets.incompleteFrame(9))).containsExactly(1, 0, 28, 0, 20, 6);
        assertThat(build(packets.plainFrame(9))).containsExactly(0, 0, 0, 0, 0, 0);
    }

    @Test
    void does_not_call_a_single_segment_a_super_packet() {
        Packets packets = Packets.tcp("100.64.0.1", "192.0.2.1", new byte[1000]);
        assertThat(build(packets.superFrame(9, 1000))).containsExactly(1, 0, 40, 0, 20, 16);
    }

    @Test
    void refuses_hostile_segment_sizes_without_touching_the_header() {
        Arrays.fill(built.array(), (byte) 0x55);
        for (int size : new int[] {0, 1, MTU, 65_535}) {
            assertThat(header.build(TCP4.superFrame(9, size), 0, built, 0))
                    .isEqualTo(Drops.Reason.BAD_SEGMENT_SIZE);
        }
        assertThat(built.array()).containsOnly(0x55);
    }

    @Test
    void builds_in_the_place_of_the_frame_header() {
        ByteBuffer frame = TCP4.superFrame(9, 1000);
        ByteBuffer batch =
                ByteBuffer.allocateDirect(2 + frame.capacity()).put(2, frame, 0, frame.capacity());
        assertThat(header.build(batch, 2, batch, 0)).isNull();
        build(frame);
        byte[] inPlace = new byte[VirtioHeader.SIZE];
        batch.get(0, inPlace);
        assertThat(inPlace).isEqualTo(built.array());
    }

    @Test
    void what_the_kernel_says_comes_back_as_the_frame_it_came_from() {
        for (ByteBuffer frame :
                new ByteBuffer[] {
                    TCP4.superFrame(9, 1000),
                    TCP4.withTcpFlags(Packets.CWR).superFrame(9, 1000),
                    UDP6.superFrame(9, 1000),
                    Packets.udp("fd00::1", "2001:db8::1", new byte[60]).incompleteFrame(9),
                    Packets.udp("fd00::1", "2001:db8::1", new byte[60]).plainFrame(9)
                }) {
            build(frame);
            ByteBuffer batch = ByteBuffer.allocateDirect(frame.capacity());
            int length = frame.capacity() - Frame.HEADER;
            batch.put(Frame.HEADER, frame, Frame.HEADER, length);
            assertThat(header.translate(batch, 0, built, 0, length)).isNull();
            assertThat(batch).isEqualTo(frame);
        }
    }

    @Test
    void completes_a_checksum_that_a_peer_would_not_find() {
        // The inner packet's checksum of one tunnelled in another (IP in IP).
        Packets inner = Packets.udp("10.0.0.1", "10.0.0.2", new byte[5]);
        byte[] packet = new byte[20 + inner.headers() + 5];
        ByteBuffer.wrap(packet)
                .putInt(0x45000000 | packet.length)
                .putInt(0)
                .putInt(0x40040000)
                .put(20, inner.incomplete(9));
        built.order(ByteOrder.nativeOrder())
                .put(0, VirtioHeader.NEEDS_CHECKSUM)
                .put(1, VirtioHeader.GSO_NONE)
                .putShort(6, (short) 40)
                .putShort(8, (short) 6);
        built.order(ByteOrder.BIG_ENDIAN);
        ByteBuffer batch = ByteBuffer.allocateDirect(Frame.HEADER + packet.length);
        batch.put(Frame.HEADER, packet);
        assertThat(header.translate(batch, 0, built, 0, packet.length)).isNull();
        assertThat(Frame.flags(batch, 0)).isZero();
        byte[] completed = new byte[packet.length - 20];
        batch.get(Frame.HEADER + 20, completed);
        assertThat(completed).isEqualTo(inner.complete(9));
    }

    @Test
    void drops_kinds_that_were_never_asked_for() {
        built.put(1, (byte) 3);
        ByteBuffer batch = ByteBuffer.allocateDirect(100);
        assertThat(header.translate(batch, 0, built, 0, 90)).isEqualTo(Drops.Reason.UNKNOWN_KIND);
        built.put(1, VirtioHeader.GSO_NONE);
        assertThat(header.translate(batch, 0, built, 0, 90)).isEqualTo(Drops.Reason.NOT_IP);
    }
}

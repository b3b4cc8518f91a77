package org.flowshield.tun.linux;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MalformedFrameException;
import org.flowshield.tun.Offloads;

/** Whatever a peer sends, what the kernel is told about it lies inside the packet. */
class VirtioHeaderFuzzTest {

    private static final int MTU = 1420;

    @FuzzTest
    void tells_the_kernel_nothing_that_the_packet_does_not_hold(byte[] bytes) {
        ByteBuffer batch = ByteBuffer.wrap(bytes);
        int length;
        try {
            length = Frame.wholePacketLength(batch);
        } catch (MalformedFrameException e) {
            return;
        }
        ByteBuffer header = ByteBuffer.allocate(VirtioHeader.SIZE);
        if (length < 0 || new VirtioHeader(MTU, Offloads.ALL).build(batch, 0, header, 0) != null) {
            return;
        }
        int version = (batch.get(Frame.HEADER) & 0xf0) >> 4;
        assertSound(header.order(ByteOrder.nativeOrder()), length, version);
    }

    private static void assertSound(ByteBuffer header, int length, int version) {
        int headers = header.getShort(2);
        int size = header.getShort(4);
        int end = header.getShort(6) + header.getShort(8) + Short.BYTES;
        switch (header.get(1) & ~VirtioHeader.GSO_ECN) {
            case VirtioHeader.GSO_NONE -> assertThat(size).isZero();
            case VirtioHeader.GSO_TCP4 -> assertThat(version).isEqualTo(4);
            case VirtioHeader.GSO_TCP6 -> assertThat(version).isEqualTo(6);
            default -> assertThat(header.get(1)).isEqualTo(VirtioHeader.GSO_UDP);
        }
        if (header.get(0) == VirtioHeader.NEEDS_CHECKSUM) {
            assertThat(header.getShort(6)).isGreaterThanOrEqualTo((short) 20);
            assertThat(end).isLessThanOrEqualTo(headers);
            assertThat(headers).isLessThanOrEqualTo(length);
        } else {
            assertThat(header).isEqualTo(ByteBuffer.allocate(VirtioHeader.SIZE));
        }
        if (size != 0) {
            assertThat(headers + size).isBetween(headers + 1, MTU).isLessThan(length);
        }
    }

    @FuzzTest
    void translates_whatever_the_kernel_says(byte[] bytes) {
        int overhead = VirtioHeader.OVERHANG + Frame.HEADER;
        if (bytes.length <= overhead) {
            return;
        }
        ByteBuffer batch = ByteBuffer.wrap(bytes);
        int length = bytes.length - overhead;
        VirtioHeader header = new VirtioHeader(MTU, Offloads.ALL);
        int at = VirtioHeader.OVERHANG;
        if (header.translate(batch, at, batch, 0, length) == null) {
            assertThat(Frame.length(batch, at)).isEqualTo(length);
            assertThat(Frame.kind(batch, at)).isBetween(Frame.PLAIN, Frame.UDP);
        }
    }
}

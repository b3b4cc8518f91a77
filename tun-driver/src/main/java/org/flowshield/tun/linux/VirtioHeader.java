package org.flowshield.tun.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.flowshield.tun.Checksums;
import org.flowshield.tun.Drops;
import org.flowshield.tun.Frame;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.PacketLayout;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct virtio_net_hdr} (linux/virtio_net.h), which comes before each packet on a TUN
 * descriptor, and its two translations: into a frame header, and from a frame whose sender is not
 * trusted. Nothing that a peer wrote is copied into it but a segment size that was checked against
 * the packet.
 *
 * <pre>
 *  0       1          2         4          6            8             10
 *  +-------+----------+---------+----------+------------+-------------+   in the machine's
 *  | flags | gso type | hdr len | gso size | csum start | csum offset |   byte order
 *  +-------+----------+---------+----------+------------+-------------+
 * </pre>
 *
 * <p>Reused from packet to packet; one thread.
 */
final class VirtioHeader {

    /** Bytes. */
    static final int SIZE = 10;

    /** How many of them come before the frame header whose place it takes. */
    static final int OVERHANG = SIZE - Frame.HEADER;

    static final byte NEEDS_CHECKSUM = 1;
    static final byte GSO_NONE = 0;
    static final byte GSO_TCP4 = 1;
    static final byte GSO_TCP6 = 4;
    static final byte GSO_UDP = 5;
    static final byte GSO_ECN = (byte) 0x80;

    private static final int TCP_FLAGS = 13;
    private static final int TCP_CWR = 0x80;

    private static final boolean SWAP = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private final int mtu;
    private final Offloads offloads;
    private final PacketLayout layout = new PacketLayout();

    /**
     * @param mtu of the device
     * @param offloads what the device takes
     */
    VirtioHeader(int mtu, Offloads offloads) {
        this.mtu = mtu;
        this.offloads = offloads;
    }

    /**
     * Builds the header for a frame that may come from a hostile peer. The frame is only read,
     * before the first byte is written, so that {@code header} may overlap the frame's header.
     *
     * @param batch has the whole frame at index {@code at}
     * @param header takes the ten bytes, at index {@code to}; may be {@code batch}
     * @return why the frame is to be dropped, or null
     */
    Drops.@Nullable Reason build(ByteBuffer batch, int at, ByteBuffer header, int to) {
        Drops.Reason broken = layout.parseFrame(batch, at, mtu, offloads);
        if (broken != null) {
            return broken;
        }
        if (Frame.flags(batch, at) != Frame.CHECKSUM_INCOMPLETE) {
            put(header, to, (byte) 0, GSO_NONE, 0, 0, 0, 0);
            return null;
        }
        // One segment is no super-packet to the kernel.
        boolean cut = layout.segments() > 1;
        byte type = cut ? gsoType(batch, at) : GSO_NONE;
        int size = cut ? Frame.segmentSize(batch, at) : 0;
        put(
                header,
                to,
                NEEDS_CHECKSUM,
                type,
                layout.headers(),
                size,
                layout.transport(),
                layout.checksum());
        return null;
    }

    private byte gsoType(ByteBuffer batch, int at) {
        if (!layout.isTcp()) {
            return GSO_UDP;
        }
        byte type = layout.version() == 4 ? GSO_TCP4 : GSO_TCP6;
        int flags = batch.get(at + Frame.HEADER + layout.transport() + TCP_FLAGS);
        return (flags & TCP_CWR) == 0 ? type : (byte) (type | GSO_ECN);
    }

    /**
     * Puts a frame header at index {@code at} from the header that the kernel wrote.
     *
     * @param batch has the packet behind the frame header's place
     * @param header has the ten bytes, at index {@code from}; may be {@code batch} and may overlap
     *     the frame header
     * @param length of the packet
     * @return why the packet is to be dropped, or null
     */
    Drops.@Nullable Reason translate(
            ByteBuffer batch, int at, ByteBuffer header, int from, int length) {
        boolean incomplete = (header.get(from) & NEEDS_CHECKSUM) != 0;
        byte type = (byte) (header.get(from + 1) & ~GSO_ECN);
        int size = get(header, from + 4);
        int packet = at + Frame.HEADER;
        byte kind;
        switch (type) {
            case GSO_NONE -> {
                if (incomplete) {
                    int start = get(header, from + 6);
                    int offset = get(header, from + 8);
                    incomplete = !completeUnlessUsual(batch, packet, length, start, offset);
                }
                size = 0;
                kind = Frame.PLAIN;
            }
            case GSO_TCP4, GSO_TCP6 -> kind = Frame.TCP;
            case GSO_UDP -> kind = Frame.UDP;
            default -> {
                return Drops.Reason.UNKNOWN_KIND;
            }
        }
        int version = (batch.get(packet) & 0xf0) >> 4;
        if (version != 4 && version != 6) {
            return Drops.Reason.NOT_IP;
        }
        byte flags = incomplete ? Frame.CHECKSUM_INCOMPLETE : 0;
        Frame.put(batch, at, kind, flags, size, length);
        return null;
    }

    /**
     * A peer finds an incomplete checksum by parsing the packet. Where that would not find what the
     * kernel meant, an inner packet's for instance, it is completed here.
     *
     * @return true if it was completed
     */
    private boolean completeUnlessUsual(
            ByteBuffer batch, int packet, int length, int start, int offset) {
        boolean usual =
                layout.parseTransport(batch, packet, length) == null
                        && layout.transport() == start
                        && layout.checksum() == offset;
        if (usual || start + offset + Short.BYTES > length) {
            return false;
        }
        Checksums.complete(batch, packet + start, packet + start + offset, packet + length, true);
        return true;
    }

    private static void put(
            ByteBuffer to,
            int at,
            byte flags,
            byte type,
            int headers,
            int segmentSize,
            int checksumStart,
            int checksumOffset) {
        to.put(at, flags);
        to.put(at + 1, type);
        to.putShort(at + 2, nativeOrder(headers));
        to.putShort(at + 4, nativeOrder(segmentSize));
        to.putShort(at + 6, nativeOrder(checksumStart));
        to.putShort(at + 8, nativeOrder(checksumOffset));
    }

    private static int get(ByteBuffer from, int at) {
        return Short.toUnsignedInt(nativeOrder(from.getShort(at)));
    }

    private static short nativeOrder(int value) {
        return SWAP ? Short.reverseBytes((short) value) : (short) value;
    }
}

package org.flowshield.tun;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a packet lie, and whether a frame holds together. Everything is read from the
 * packet itself; a frame's kind, flags and segment size are only believed as far as the packet
 * agrees with them.
 *
 * <p>Reused from packet to packet so that none is allocated; one thread.
 */
public final class PacketLayout {

    /**
     * 64 KiB in segments of 64 bytes. A smaller segment is never worth a super-packet, and each one
     * costs the system a buffer of its own.
     */
    public static final int MAX_TCP_SEGMENTS = 1024;

    /** Linux's UDP_MAX_SEGMENTS. */
    public static final int MAX_UDP_SEGMENTS = 128;

    /** RFC 8200 has six kinds before a transport header, destination options twice. */
    public static final int MAX_EXTENSION_HEADERS = 7;

    static final int PROTOCOL_TCP = 6;
    static final int PROTOCOL_UDP = 17;
    static final int IPV6_HEADER = 40;
    static final int UDP_HEADER = 8;
    static final int TCP_CHECKSUM = 16;
    static final int UDP_CHECKSUM = 6;
    static final int TCP_FLAGS = 13;

    private static final int IPV4_MIN_HEADER = 20;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_MORE_FRAGMENTS_OR_OFFSET = 0x3fff;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV6_NEXT_HEADER = 6;
    private static final int IPV6_HOP_BY_HOP = 0;
    private static final int IPV6_ROUTING = 43;
    private static final int IPV6_FRAGMENT = 44;
    private static final int IPV6_DESTINATION = 60;
    private static final int TCP_MIN_HEADER = 20;
    private static final int TCP_SYN_OR_RST = 0x06;

    private int version;
    private int protocol;
    private int transport;
    private int headers;
    private int segments;

    /** 4 or 6. */
    public int version() {
        return version;
    }

    /** True for TCP, false for UDP; known after {@link #parseTransport}. */
    public boolean isTcp() {
        return protocol == PROTOCOL_TCP;
    }

    /** Bytes from the packet's begin to its transport header. */
    public int transport() {
        return transport;
    }

    /** Bytes from the transport header's begin to its checksum. */
    public int checksum() {
        return isTcp() ? TCP_CHECKSUM : UDP_CHECKSUM;
    }

    /** Bytes from the packet's begin to its payload. */
    public int headers() {
        return headers;
    }

    /** Into how many packets the frame is to be cut; 1 for a plain one. */
    public int segments() {
        return segments;
    }

    /**
     * Parses a frame that may come from a hostile peer.
     *
     * @param batch big-endian; has the whole frame
     * @param at where the frame begins
     * @param mtu of the device that is to take it
     * @param offered what that device takes
     * @return why the frame is to be dropped, null if it holds together
     */
    public Drops.@Nullable Reason parseFrame(ByteBuffer batch, int at, int mtu, Offloads offered) {
        int length = Frame.length(batch, at);
        int packet = at + Frame.HEADER;
        int size = Frame.segmentSize(batch, at);
        byte flags = Frame.flags(batch, at);
        if ((flags & ~Frame.CHECKSUM_INCOMPLETE) != 0) {
            return Drops.Reason.BAD_FLAGS;
        }
        boolean incomplete = flags == Frame.CHECKSUM_INCOMPLETE;
        if (incomplete && !offered.checksum()) {
            return Drops.Reason.NOT_OFFERED;
        }
        return switch (Frame.kind(batch, at)) {
            case Frame.PLAIN -> parsePlain(batch, packet, length, size, incomplete, mtu);
            case Frame.TCP, Frame.UDP ->
                    incomplete
                            ? parseSuper(batch, at, length, size, mtu, offered)
                            : Drops.Reason.BAD_FLAGS;
            default -> Drops.Reason.UNKNOWN_KIND;
        };
    }

    private Drops.@Nullable Reason parsePlain(
            ByteBuffer batch, int packet, int length, int size, boolean incomplete, int mtu) {
        segments = 1;
        if (size != 0) {
            return Drops.Reason.BAD_SEGMENT_SIZE;
        }
        if (length > mtu) {
            return Drops.Reason.LONGER_THAN_MTU;
        }
        return incomplete
                ? parseTransport(batch, packet, length)
                : parseNetwork(batch, packet, length);
    }

    private Drops.@Nullable Reason parseSuper(
            ByteBuffer batch, int at, int length, int size, int mtu, Offloads offered) {
        int packet = at + Frame.HEADER;
        Drops.Reason broken = parseTransport(batch, packet, length);
        if (broken != null) {
            return broken;
        }
        boolean tcp = Frame.kind(batch, at) == Frame.TCP;
        if (tcp != isTcp()) {
            return Drops.Reason.NO_TRANSPORT;
        }
        boolean taken = tcp ? version == 4 ? offered.tcp4() : offered.tcp6() : offered.udp();
        if (!taken) {
            return Drops.Reason.NOT_OFFERED;
        }
        int payload = length - headers;
        if (payload == 0) {
            return Drops.Reason.BAD_LENGTH;
        }
        if (size == 0 || size > mtu - headers) {
            return Drops.Reason.BAD_SEGMENT_SIZE;
        }
        segments = Math.ceilDiv(payload, size);
        if (segments > (tcp ? MAX_TCP_SEGMENTS : MAX_UDP_SEGMENTS)) {
            return Drops.Reason.BAD_SEGMENT_SIZE;
        }
        if (tcp && (batch.get(packet + transport + TCP_FLAGS) & TCP_SYN_OR_RST) != 0) {
            return Drops.Reason.IMPLAUSIBLE;
        }
        return null;
    }

    /** Parses the network header; the transport may be anything. */
    public Drops.@Nullable Reason parseNetwork(ByteBuffer batch, int packet, int length) {
        version = (batch.get(packet) & 0xf0) >> 4;
        return switch (version) {
            case 4 -> parseIpv4(batch, packet, length);
            case 6 -> parseIpv6(batch, packet, length);
            default -> Drops.Reason.NOT_IP;
        };
    }

    private Drops.@Nullable Reason parseIpv4(ByteBuffer batch, int packet, int length) {
        transport = (batch.get(packet) & 0xf) * 4;
        if (length < IPV4_MIN_HEADER || transport < IPV4_MIN_HEADER || transport > length) {
            return Drops.Reason.BAD_LENGTH;
        }
        if (unsignedShort(batch, packet + 2) != length) {
            return Drops.Reason.BAD_LENGTH;
        }
        protocol = batch.get(packet + IPV4_PROTOCOL) & 0xff;
        return null;
    }

    private Drops.@Nullable Reason parseIpv6(ByteBuffer batch, int packet, int length) {
        if (length < IPV6_HEADER || unsignedShort(batch, packet + 4) != length - IPV6_HEADER) {
            return Drops.Reason.BAD_LENGTH;
        }
        transport = IPV6_HEADER;
        protocol = batch.get(packet + IPV6_NEXT_HEADER) & 0xff;
        return null;
    }

    /** Parses all headers of a packet that is no fragment and has TCP or UDP in it. */
    public Drops.@Nullable Reason parseTransport(ByteBuffer batch, int packet, int length) {
        Drops.Reason broken = parseNetwork(batch, packet, length);
        if (broken == null) {
            broken =
                    version == 4
                            ? checkNoFragment(batch, packet)
                            : skipExtensionHeaders(batch, packet, length);
        }
        if (broken != null) {
            return broken;
        }
        return switch (protocol) {
            case PROTOCOL_TCP -> parseTcp(batch, packet, length);
            case PROTOCOL_UDP -> parseUdp(batch, packet, length);
            default -> Drops.Reason.NO_TRANSPORT;
        };
    }

    private static Drops.@Nullable Reason checkNoFragment(ByteBuffer batch, int packet) {
        int field = batch.getShort(packet + IPV4_FRAGMENT) & IPV4_MORE_FRAGMENTS_OR_OFFSET;
        return field == 0 ? null : Drops.Reason.FRAGMENT;
    }

    private Drops.@Nullable Reason skipExtensionHeaders(ByteBuffer batch, int packet, int length) {
        for (int i = 0; i <= MAX_EXTENSION_HEADERS; i++) {
            switch (protocol) {
                case IPV6_HOP_BY_HOP, IPV6_ROUTING, IPV6_DESTINATION -> {
                    if (length - transport < 8) {
                        return Drops.Reason.BAD_LENGTH;
                    }
                    protocol = batch.get(packet + transport) & 0xff;
                    transport += 8 + (batch.get(packet + transport + 1) & 0xff) * 8;
                }
                case IPV6_FRAGMENT -> {
                    return Drops.Reason.FRAGMENT;
                }
                default -> {
                    return null;
                }
            }
        }
        return Drops.Reason.IMPLAUSIBLE;
    }

    private Drops.@Nullable Reason parseTcp(ByteBuffer batch, int packet, int length) {
        if (length - transport < TCP_MIN_HEADER) {
            return Drops.Reason.BAD_LENGTH;
        }
        int header = ((batch.get(packet + transport + 12) & 0xf0) >> 4) * 4;
        headers = transport + header;
        return header < TCP_MIN_HEADER || headers > length ? Drops.Reason.BAD_LENGTH : null;
    }

    private Drops.@Nullable Reason parseUdp(ByteBuffer batch, int packet, int length) {
        headers = transport + UDP_HEADER;
        if (headers > length
                || unsignedShort(batch, packet + transport + 4) != length - transport) {
            return Drops.Reason.BAD_LENGTH;
        }
        return null;
    }

    private static int unsignedShort(ByteBuffer batch, int at) {
        return Short.toUnsignedInt(batch.getShort(at));
    }
}

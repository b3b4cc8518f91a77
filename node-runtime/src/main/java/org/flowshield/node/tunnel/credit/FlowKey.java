package org.flowshield.node.tunnel.credit;

import java.nio.ByteBuffer;

/**
 * What a packet says of its flow, read in place: the far address, both ports, the protocol; the
 * near address is the session's own. An echo has its identifier for a port, an error speaks of the
 * flow of the packet that it quotes, and a fragment without ports has nothing but its address.
 * Believes nothing. Mutable, one thread's.
 */
final class FlowKey {

    /** What a packet means for the flows. */
    enum Meaning {
        /** Belongs to no flow that we could know, or is an answer that no program wrote. */
        NONE,
        /** Belongs to the flow of this key. */
        FLOW,
        /** The same, and fragments without ports follow. */
        FIRST_FRAGMENT,
        /** A fragment without ports: the key has the addresses alone. */
        LATER_FRAGMENT,
        /** The near end takes a connection that the far end asks for. */
        ACCEPT
    }

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    /** More extension headers than any sender has a reason for. */
    private static final int MOST_EXTENSIONS = 8;

    private static final int HOP_BY_HOP = 0;
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int DCCP = 33;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int ICMPV6 = 58;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int SCTP = 132;
    private static final int UDP_LITE = 136;

    private static final int TCP_FLAGS = 13;
    private static final int SYN_ACK = 0x12;
    private static final int RST = 0x04;

    private static final int ICMP_ID = 4;
    private static final int ICMP_QUOTE = 8;

    /** In {@link #rest}: a key of addresses alone. */
    private static final long ADDRESSES = 1L << 16;

    private long high;
    private long low;

    /** Ports, address marker, version and protocol; never 0. */
    private long rest;

    private ByteBuffer batch = ByteBuffer.allocate(0);

    /** True if the packet comes from the near end. */
    private boolean fromNear;

    private boolean quoted;
    private int end;

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    long rest() {
        return rest;
    }

    boolean isTcp() {
        return (rest & 0xff) == TCP && (rest & ADDRESSES) == 0;
    }

    /** Makes it a key of the addresses alone. */
    void keepAddresses() {
        rest = (rest & 0xff00) | ADDRESSES;
    }

    /**
     * Reads a packet of which all but the first byte may be anything.
     *
     * @param near true if it was sent by the near end
     */
    Meaning read(ByteBuffer from, int packet, int length, boolean near) {
        batch = from;
        fromNear = near;
        quoted = false;
        end = packet + length;
        return readPacket(packet);
    }

    private Meaning readPacket(int packet) {
        int version = packet < end ? (batch.get(packet) & 0xff) >>> 4 : 0;
        if (version == 4 && end - packet >= IPV4_HEADER) {
            return readV4(packet);
        }
        if (version == 6 && end - packet >= IPV6_HEADER) {
            return readV6(packet);
        }
        return Meaning.NONE;
    }

    private Meaning readV4(int packet) {
        int header = (batch.get(packet) & 0xf) * 4;
        if (header < IPV4_HEADER) {
            return Meaning.NONE;
        }
        high = 0;
        low = batch.getInt(packet + (fromNear ? 16 : 12)) & 0xffff_ffffL;
        int protocol = batch.get(packet + 9) & 0xff;
        int fragment = batch.getShort(packet + 6);
        return readTransport(
                4, protocol, packet + header, (fragment & 0x1fff) != 0, (fragment & 0x2000) != 0);
    }

    private Meaning readV6(int packet) {
        int address = packet + (fromNear ? 24 : 8);
        high = batch.getLong(address);
        low = batch.getLong(address + Long.BYTES);
        int protocol = batch.get(packet + 6) & 0xff;
        int at = packet + IPV6_HEADER;
        boolean more = false;
        for (int i = 0; i < MOST_EXTENSIONS; i++) {
            int length = extension(protocol, at);
            if (length == 0) {
                return readTransport(6, protocol, at, false, more);
            }
            if (at + length > end) {
                return Meaning.NONE;
            }
            if (protocol == FRAGMENT) {
                int fragment = batch.getShort(at + 2);
                if ((fragment & 0xfff8) != 0) {
                    return readTransport(6, protocol, at, true, false);
                }
                more = (fragment & 1) != 0;
            }
            protocol = batch.get(at) & 0xff;
            at += length;
        }
        return Meaning.NONE;
    }

    /** The length of an extension header; 0 if it is none. */
    private int extension(int protocol, int at) {
        return switch (protocol) {
            case HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS ->
                    at + 1 < end ? (batch.get(at + 1) & 0xff) * 8 + 8 : Integer.MAX_VALUE / 2;
            case AUTHENTICATION ->
                    at + 1 < end ? (batch.get(at + 1) & 0xff) * 4 + 8 : Integer.MAX_VALUE / 2;
            case FRAGMENT -> 8;
            default -> 0;
        };
    }

    private Meaning readTransport(int version, int protocol, int at, boolean later, boolean more) {
        rest = ((long) version << 8) | protocol;
        if (later) {
            keepAddresses();
            return Meaning.LATER_FRAGMENT;
        }
        Meaning meaning =
                switch (protocol) {
                    case TCP -> readTcp(at);
                    case UDP, UDP_LITE, SCTP, DCCP -> readPorts(at);
                    case ICMP -> version == 4 ? readIcmp(at, 8, 0) : Meaning.NONE;
                    case ICMPV6 -> version == 6 ? readIcmp(at, 128, 129) : Meaning.NONE;
                    default -> Meaning.FLOW;
                };
        return meaning == Meaning.FLOW && more ? Meaning.FIRST_FRAGMENT : meaning;
    }

    private Meaning readPorts(int at) {
        if (end - at < 2 * Short.BYTES) {
            return Meaning.NONE;
        }
        int ports = batch.getInt(at);
        addPorts(fromNear ? Integer.rotateLeft(ports, 16) : ports);
        return Meaning.FLOW;
    }

    /** The far port first. */
    private void addPorts(int ports) {
        rest |= (long) ports << 32;
    }

    private Meaning readTcp(int at) {
        Meaning meaning = readPorts(at);
        if (!fromNear || quoted || meaning == Meaning.NONE || at + TCP_FLAGS >= end) {
            return meaning;
        }
        int flags = batch.get(at + TCP_FLAGS);
        if ((flags & RST) != 0) {
            return Meaning.NONE;
        }
        return (flags & SYN_ACK) == SYN_ACK ? Meaning.ACCEPT : meaning;
    }

    /** Who asks has the identifier; errors come from anybody on the way. */
    private Meaning readIcmp(int at, int request, int reply) {
        if (end - at < ICMP_QUOTE) {
            return Meaning.NONE;
        }
        int type = batch.get(at) & 0xff;
        if (type == (fromNear ? request : reply)) {
            addPorts(batch.getShort(at + ICMP_ID) & 0xffff);
            return Meaning.FLOW;
        }
        if (fromNear || !isError(type, request)) {
            return Meaning.NONE;
        }
        fromNear = true; // it quotes what the near end has sent
        quoted = true;
        Meaning meaning = readPacket(at + ICMP_QUOTE);
        return meaning == Meaning.FIRST_FRAGMENT ? Meaning.FLOW : meaning;
    }

    /** Unreachable, too big, time exceeded, parameter problem; RFC 792 and RFC 4443. */
    private static boolean isError(int type, int request) {
        return request == 8 ? type == 3 || type == 11 || type == 12 : type >= 1 && type <= 4;
    }
}

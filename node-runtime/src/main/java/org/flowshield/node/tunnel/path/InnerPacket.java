package org.flowshield.node.tunnel.path;

import java.nio.ByteBuffer;

/**
 * What the path needs to know of an IP packet, read in place. Pure; believes nothing: a packet too
 * short for its own header has version 0.
 */
final class InnerPacket {

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_FRAGMENT_MASK = 0x3fff;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV4_SOURCE = 12;
    private static final int IPV4_DESTINATION = 16;
    private static final int IPV6_NEXT_HEADER = 6;
    private static final int IPV6_SOURCE = 8;
    private static final int IPV6_DESTINATION = 24;
    private static final int TCP = 6;

    /**
     * Fibonacci hashing: the multiplier that spreads neighbouring ports best (Knuth, volume 3,
     * 6.4).
     */
    private static final int SPREAD = 0x9e3779b1;

    private InnerPacket() {}

    /** 4, 6, or 0 if it is neither or cut short. */
    static int version(ByteBuffer batch, int packet, int length) {
        int version = length > 0 ? (batch.get(packet) & 0xff) >>> 4 : 0;
        if ((version == 4 && length >= IPV4_HEADER) || (version == 6 && length >= IPV6_HEADER)) {
            return version;
        }
        return 0;
    }

    static int sourceV4(ByteBuffer batch, int packet) {
        return batch.getInt(packet + IPV4_SOURCE);
    }

    static int destinationV4(ByteBuffer batch, int packet) {
        return batch.getInt(packet + IPV4_DESTINATION);
    }

    /** Index of the 16 bytes of the source. */
    static int sourceV6(int packet) {
        return packet + IPV6_SOURCE;
    }

    /** Index of the 16 bytes of the destination. */
    static int destinationV6(int packet) {
        return packet + IPV6_DESTINATION;
    }

    /** True if the packet belongs to a TCP flow; IPv6 extension headers count as something else. */
    static boolean isTcp(ByteBuffer batch, int packet, int version) {
        return batch.get(packet + (version == 4 ? IPV4_PROTOCOL : IPV6_NEXT_HEADER)) == TCP;
    }

    /**
     * Equal for all packets of one direction of a TCP flow; fragments count by their addresses
     * alone.
     */
    static int flowHash(ByteBuffer batch, int packet, int length, int version) {
        int hash;
        int transport;
        boolean ports;
        if (version == 4) {
            hash = sourceV4(batch, packet) * 31 + destinationV4(batch, packet);
            transport = packet + (batch.get(packet) & 0xf) * 4;
            ports = (batch.getShort(packet + IPV4_FRAGMENT) & IPV4_FRAGMENT_MASK) == 0;
        } else {
            hash = 0;
            for (int at = packet + IPV6_SOURCE; at < packet + IPV6_HEADER; at += Integer.BYTES) {
                hash = hash * 31 + batch.getInt(at);
            }
            transport = packet + IPV6_HEADER;
            ports = true;
        }
        if (ports && transport + Integer.BYTES <= packet + length) {
            hash = hash * 31 + batch.getInt(transport);
        }
        // The source port stands in the upper half, and it is the lower bits that choose a lane.
        hash ^= hash >>> 16;
        hash *= SPREAD;
        return hash ^ (hash >>> 16);
    }
}

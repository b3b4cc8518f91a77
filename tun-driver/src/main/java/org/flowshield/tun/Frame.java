package org.flowshield.tun;

/**
 * The layout of one frame in a batch, big-endian:
 *
 * <pre>
 *  0      1       2              4                       8
 *  +------+-------+--------------+-----------------------+----------- - -
 *  | kind | flags | segment size | length of the packet  | IP packet
 *  +------+-------+--------------+-----------------------+----------- - -
 * </pre>
 */
public final class Frame {

    /** Bytes before the packet. */
    public static final int HEADER = 8;

    /**
     * The longest packet: an IPv6 header and a payload of 65535 bytes (BIG TCP is never asked for).
     */
    public static final int MAX_PACKET = 65_535 + 40;

    /** The longest frame. */
    public static final int MAX = HEADER + MAX_PACKET;

    /** A packet as it goes over a wire; segment size 0. */
    public static final byte PLAIN = 0;

    /** A TCP super-packet: each segment but the last has {@code segment size} bytes of payload. */
    public static final byte TCP = 1;

    /** A UDP super-packet: each datagram but the last has {@code segment size} bytes of payload. */
    public static final byte UDP = 2;

    /**
     * Flag: the transport checksum holds the pseudo header's sum only and is to be completed.
     * Always set on super-packets.
     */
    public static final byte CHECKSUM_INCOMPLETE = 1;

    private Frame() {}
}

package org.flowshield.tun;

import java.nio.ByteBuffer;

/**
 * The layout of one frame in a batch, big-endian, and its fields. Stateless.
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

    private static final int FLAGS = 1;
    private static final int SEGMENT_SIZE = 2;
    private static final int LENGTH = 4;

    private Frame() {}

    /**
     * The length of the packet in the frame at the buffer's position; -1 if the buffer ends before
     * the frame does.
     *
     * @throws MalformedFrameException if the length can't be believed
     */
    public static int wholePacketLength(ByteBuffer batch) throws MalformedFrameException {
        if (batch.remaining() < HEADER) {
            return -1;
        }
        int length = batch.getInt(batch.position() + LENGTH);
        if (length == 0) {
            throw new MalformedFrameException(MalformedFrameException.Reason.LENGTH_ZERO);
        }
        if (length < 0 || length > MAX_PACKET) {
            throw new MalformedFrameException(MalformedFrameException.Reason.LENGTH_ABOVE_LIMIT);
        }
        return batch.remaining() - HEADER < length ? -1 : length;
    }

    /** The kind of the frame that begins at index {@code at}. */
    public static byte kind(ByteBuffer batch, int at) {
        return batch.get(at);
    }

    /** The flags of the frame that begins at index {@code at}. */
    public static byte flags(ByteBuffer batch, int at) {
        return batch.get(at + FLAGS);
    }

    /** The segment size, 0 to 65535, of the frame that begins at index {@code at}. */
    public static int segmentSize(ByteBuffer batch, int at) {
        return Short.toUnsignedInt(batch.getShort(at + SEGMENT_SIZE));
    }

    /** The packet length, as it stands there, of the frame that begins at index {@code at}. */
    public static int length(ByteBuffer batch, int at) {
        return batch.getInt(at + LENGTH);
    }

    /** Writes a header at index {@code at}. */
    public static void put(
            ByteBuffer batch, int at, byte kind, byte flags, int segmentSize, int length) {
        batch.put(at, kind);
        batch.put(at + FLAGS, flags);
        batch.putShort(at + SEGMENT_SIZE, (short) segmentSize);
        batch.putInt(at + LENGTH, length);
    }
}

package org.flowshield.libp2p.multiformats;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException.Reason;

/**
 * The multiformats unsigned varint: LEB128, minimal, at most {@value #MAX_BYTES} bytes, so that
 * every value is a non-negative long. Protobuf's own varint is laxer and not to be used in its
 * place.
 */
public final class Uvarint {

    /** The multiformats specification's bound: values below 2^63. */
    public static final int MAX_BYTES = 9;

    private static final int MORE = 0x80;
    private static final int GROUP_BITS = 7;

    private Uvarint() {}

    /** How many bytes {@code value} takes. */
    public static int size(long value) {
        requireNonNegative(value);
        return Math.max(
                1, (Long.SIZE - Long.numberOfLeadingZeros(value) + GROUP_BITS - 1) / GROUP_BITS);
    }

    public static byte[] encode(long value) {
        ByteBuffer target = ByteBuffer.allocate(size(value));
        write(value, target);
        return target.array();
    }

    public static void write(long value, ByteBuffer target) {
        requireNonNegative(value);
        long rest = value;
        while (rest >= MORE) {
            target.put((byte) (rest | MORE));
            rest >>>= GROUP_BITS;
        }
        target.put((byte) rest);
    }

    /** Reads one value from the buffer's position and moves the position behind it. */
    public static long read(ByteBuffer source) throws MalformedMultiformatException {
        Decoder decoder = new Decoder();
        do {
            if (!source.hasRemaining()) {
                throw new MalformedMultiformatException(Reason.TRUNCATED, "uvarint ends early");
            }
        } while (!decoder.accept(source.get()));
        return decoder.value;
    }

    /**
     * Reads one value from a stream, byte by byte.
     *
     * @throws EOFException if the stream ends before or in the middle of the value
     */
    public static long read(InputStream source) throws IOException, MalformedMultiformatException {
        Decoder decoder = new Decoder();
        int next;
        do {
            next = source.read();
            if (next < 0) {
                throw new EOFException("stream ended where a length was expected");
            }
        } while (!decoder.accept((byte) next));
        return decoder.value;
    }

    private static void requireNonNegative(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a uvarint is not negative: " + value);
        }
    }

    private static final class Decoder {
        private long value;
        private int count;

        /** Returns true after the last byte. */
        boolean accept(byte next) throws MalformedMultiformatException {
            value |= (long) (next & (MORE - 1)) << (count * GROUP_BITS);
            count++;
            if ((next & MORE) == 0) {
                if (next == 0 && count > 1) {
                    throw new MalformedMultiformatException(
                            Reason.NOT_MINIMAL, "uvarint is longer than its value needs");
                }
                return true;
            }
            if (count == MAX_BYTES) {
                throw new MalformedMultiformatException(
                        Reason.TOO_LONG, "uvarint has more than " + MAX_BYTES + " bytes");
            }
            return false;
        }
    }
}

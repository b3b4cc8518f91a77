package org.flowshield.libp2p.security.tls;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * Knows where in a record a stream of TLS bytes stands: BoringSSL's engine takes the beginning of a
 * record in and keeps it, and whoever goes on feeding it must know what is missing. One thread at a
 * time.
 */
final class RecordBoundary {

    static final int HEADER = 5;

    private static final int LENGTH_AT = 3;

    private final byte[] header = new byte[HEADER];
    private int headerBytes;
    private int bodyBytes;

    /** The length of a record with its header, from the header's length field. */
    static int recordLength(byte high, byte low) {
        return HEADER + (Byte.toUnsignedInt(high) << Byte.SIZE | Byte.toUnsignedInt(low));
    }

    /** Steps over bytes that the engine took in. */
    void advance(ByteBuf bytes, int from, int length) {
        int at = from;
        int end = from + length;
        while (at < end) {
            if (bodyBytes > 0) {
                int taken = Math.min(bodyBytes, end - at);
                bodyBytes -= taken;
                at += taken;
            } else {
                header[headerBytes++] = bytes.getByte(at++);
                if (headerBytes == HEADER) {
                    headerBytes = 0;
                    bodyBytes = bodyLength(header[LENGTH_AT], header[LENGTH_AT + 1]);
                }
            }
        }
    }

    /**
     * How many bytes at the front of {@code next} end the record that was begun: 0 if none was, -1
     * if they are not all there.
     */
    int missing(ByteBuffer next) {
        int missing = bodyBytes;
        if (headerBytes > 0) {
            int rest = HEADER - headerBytes;
            if (next.remaining() < rest) {
                return -1;
            }
            missing =
                    rest + bodyLength(headerByte(next, LENGTH_AT), headerByte(next, LENGTH_AT + 1));
        }
        return missing <= next.remaining() ? missing : -1;
    }

    private byte headerByte(ByteBuffer next, int index) {
        return index < headerBytes
                ? header[index]
                : next.get(next.position() + index - headerBytes);
    }

    private static int bodyLength(byte high, byte low) {
        return recordLength(high, low) - HEADER;
    }

    /** The record that was begun has been ended. */
    void ended() {
        headerBytes = 0;
        bodyBytes = 0;
    }
}

package org.flowshield.tun;

import java.nio.ByteBuffer;

/** The Internet checksum (RFC 1071) over parts of a big-endian buffer. Stateless. */
public final class Checksums {

    private Checksums() {}

    /**
     * The ones' complement sum of {@code length} bytes from index {@code from}, not folded; an odd
     * last byte counts as if a zero came after it.
     */
    public static long sum(ByteBuffer buffer, int from, int length) {
        long sum = 0;
        int at = from;
        int end = from + length;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long word = buffer.getLong(at);
            sum += (word >>> 32) + (word & 0xffff_ffffL);
        }
        for (; at <= end - Short.BYTES; at += Short.BYTES) {
            sum += Short.toUnsignedInt(buffer.getShort(at));
        }
        if (at < end) {
            sum += (buffer.get(at) & 0xff) << 8;
        }
        return sum;
    }

    /** Folds a sum into 16 bits. */
    public static int fold(long sum) {
        long folded = (sum >>> 32) + (sum & 0xffff_ffffL);
        while (folded > 0xffff) {
            folded = (folded >>> 16) + (folded & 0xffff);
        }
        return (int) folded;
    }

    /**
     * Completes a transport checksum that holds the pseudo header's sum.
     *
     * @param from where the transport header begins
     * @param field where its checksum is
     * @param end the packet's end
     * @param zeroMeansNone true for UDP, where a sum of zero is sent as ones (RFC 768)
     */
    public static void complete(
            ByteBuffer buffer, int from, int field, int end, boolean zeroMeansNone) {
        int checksum = ~fold(sum(buffer, from, end - from)) & 0xffff;
        buffer.putShort(field, (short) (checksum == 0 && zeroMeansNone ? 0xffff : checksum));
    }
}

package org.flowshield.node.directory;

import com.google.protobuf.ByteString;
import java.util.HexFormat;

/**
 * The part of all records whose places begin so. Immutable.
 *
 * @param bytes 0 to {@value #DEEPEST} of them
 */
public record Prefix(ByteString bytes) {

    /** 65,536 parts: of a million records, each has some 15. */
    public static final int DEEPEST = 2;

    /** Parts below one. */
    public static final int FAN = 256;

    public static final Prefix ALL = new Prefix(ByteString.EMPTY);

    /**
     * @throws IllegalArgumentException if it is too long
     */
    public Prefix {
        if (bytes.size() > DEEPEST) {
            throw new IllegalArgumentException("a prefix has at most " + DEEPEST + " bytes");
        }
    }

    /** The part below this one whose next byte is {@code index}. */
    public Prefix below(int index) {
        return new Prefix(bytes.concat(ByteString.copyFrom(new byte[] {(byte) index})));
    }

    public boolean isDeepest() {
        return bytes.size() == DEEPEST;
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes.toByteArray()) + "*";
    }
}

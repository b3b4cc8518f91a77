package org.flowshield.contracts.evm;

import java.util.Arrays;
import java.util.HexFormat;
import org.flowshield.contracts.evm.MalformedHexException.Reason;

/**
 * A word of the chain: a hash, a salt, a node's key. Immutable.
 *
 * @param bytes 32 of them
 */
public record Bytes32(byte[] bytes) {

    public static final int LENGTH = 32;

    public static final Bytes32 ZERO = new Bytes32(new byte[LENGTH]);

    private static final String PREFIX = "0x";

    /**
     * @throws IllegalArgumentException if there are not 32 bytes
     */
    public Bytes32 {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a word has 32 bytes, not " + bytes.length);
        }
        bytes = bytes.clone();
    }

    /** Parses {@code 0x} and 64 hexadecimal digits. */
    public static Bytes32 parse(String text) throws MalformedHexException {
        if (!text.startsWith(PREFIX)) {
            throw new MalformedHexException(
                    Reason.NOT_HEX, "this is no hash: a hash begins with 0x");
        }
        int digits = text.length() - PREFIX.length();
        if (digits != 2 * LENGTH) {
            throw new MalformedHexException(
                    Reason.LENGTH,
                    "this is no hash: it has "
                            + digits
                            + " digits after 0x, a hash has "
                            + 2 * LENGTH);
        }
        try {
            return new Bytes32(HexFormat.of().parseHex(text, PREFIX.length(), text.length()));
        } catch (IllegalArgumentException e) {
            throw new MalformedHexException(
                    Reason.NOT_HEX, "this is no hash: it has other signs than 0-9 and a-f");
        }
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes32 word && Arrays.equals(bytes, word.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** {@code 0x} and 64 hexadecimal digits. */
    @Override
    public String toString() {
        return PREFIX + HexFormat.of().formatHex(bytes);
    }
}

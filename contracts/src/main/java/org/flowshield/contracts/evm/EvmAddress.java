package org.flowshield.contracts.evm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.flowshield.contracts.evm.MalformedAddressException.Reason;

/**
 * Where money can be on the chain: a wallet or a contract. Immutable.
 *
 * @param bytes 20 of them
 */
public record EvmAddress(byte[] bytes) {

    public static final int LENGTH = 20;

    /** Nobody's address; money sent to it is lost. */
    public static final EvmAddress ZERO = new EvmAddress(new byte[LENGTH]);

    private static final String PREFIX = "0x";

    /** A digit is written upper case where the hash's digit is at least this (EIP-55). */
    private static final int UPPER_CASE_FROM = 8;

    /**
     * @throws IllegalArgumentException if there are not 20 bytes
     */
    public EvmAddress {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("an address has 20 bytes, not " + bytes.length);
        }
        bytes = bytes.clone();
    }

    /**
     * Parses {@code 0x} and 40 hexadecimal digits. Digits of mixed case must have the case that
     * EIP-55 gives them; digits of one case carry no checksum and are taken as they are.
     */
    public static EvmAddress parse(String text) throws MalformedAddressException {
        if (!text.startsWith(PREFIX)) {
            throw new MalformedAddressException(
                    Reason.NOT_HEX,
                    "this is no address: an address begins with 0x. Copy it again whole");
        }
        String digits = text.substring(PREFIX.length());
        if (digits.length() != 2 * LENGTH) {
            throw new MalformedAddressException(
                    Reason.LENGTH,
                    "this is no address: it has "
                            + digits.length()
                            + " digits after 0x, an address has "
                            + 2 * LENGTH
                            + ". Copy it again whole");
        }
        EvmAddress address = new EvmAddress(bytes(digits));
        boolean mixed =
                !digits.equals(digits.toLowerCase(Locale.ROOT))
                        && !digits.equals(digits.toUpperCase(Locale.ROOT));
        if (mixed && !address.toString().equals(text)) {
            throw new MalformedAddressException(
                    Reason.CHECKSUM,
                    "the address "
                            + text
                            + " has a wrong checksum: a digit was changed on the way. Money sent"
                            + " to it could be lost; copy it again from where it came");
        }
        return address;
    }

    private static byte[] bytes(String digits) throws MalformedAddressException {
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw new MalformedAddressException(
                    Reason.NOT_HEX,
                    "this is no address: it has other signs than 0-9 and a-f. Copy it again whole");
        }
    }

    public boolean isZero() {
        return equals(ZERO);
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EvmAddress address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** {@code 0x} and 40 digits with the checksum of EIP-55. */
    @Override
    public String toString() {
        byte[] digits = HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII);
        byte[] hash = Keccak256.hash(digits).bytes();
        for (int i = 0; i < digits.length; i++) {
            int nibble = i % 2 == 0 ? hash[i / 2] >> 4 & 0xf : hash[i / 2] & 0xf;
            if (nibble >= UPPER_CASE_FROM) {
                digits[i] = (byte) Character.toUpperCase(digits[i]);
            }
        }
        return PREFIX + new String(digits, StandardCharsets.US_ASCII);
    }
}

package org.flowshield.contracts.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts a header together again from its fields, in the header's order, as nodes tell them one by
 * one. For one thread.
 */
public final class HeaderFields {

    private final List<byte[]> items = new ArrayList<>();

    /** A hash, an address, a bloom filter, a nonce: bytes as they are. */
    public HeaderFields bytes(byte[] bytes) {
        items.add(Rlp.encode(bytes));
        return this;
    }

    /** A number that is not negative. */
    public HeaderFields number(BigInteger number) {
        if (number.signum() < 0) {
            throw new IllegalArgumentException("no number of a header: " + number);
        }
        byte[] digits = number.toByteArray();
        if (number.signum() == 0) {
            return bytes(new byte[0]);
        }
        return bytes(digits[0] == 0 ? Arrays.copyOfRange(digits, 1, digits.length) : digits);
    }

    /** The header's RLP. */
    public byte[] encode() {
        return Rlp.encodeList(items);
    }
}

package org.flowshield.contracts.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.proof.MalformedProofException.Reason;

/**
 * What RLP encodes (Ethereum's yellow paper, appendix B): bytes, or a list. Reads the canonical
 * form only, so that a value has one encoding. Pure.
 */
sealed interface Rlp {

    /**
     * Headers and nodes are lists of bytes; a node may hold another, short one, which may again.
     */
    int MAX_DEPTH = 4;

    int SHORT_BYTES = 0x80;
    int LONG_BYTES = 0xb7;
    int SHORT_LIST = 0xc0;
    int LONG_LIST = 0xf7;

    /** Lengths up to this are part of the first byte. */
    int MAX_SHORT = 55;

    /** Nothing that is read here has a length of more than three bytes. */
    int MAX_LENGTH_BYTES = 3;

    /** Bytes; not copied, so never handed out of this package unchecked. */
    record Text(byte[] bytes) implements Rlp {

        @Override
        public boolean equals(Object other) {
            return other instanceof Text text && Arrays.equals(bytes, text.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /** A list, with its own encoding. */
    record Items(List<Rlp> items, byte[] encoded) implements Rlp {

        @Override
        public boolean equals(Object other) {
            return other instanceof Items list && Arrays.equals(encoded, list.encoded);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(encoded);
        }
    }

    /** Reads one item that takes all of the bytes. */
    static Rlp parse(byte[] encoded) throws MalformedProofException {
        Reader reader = new Reader(encoded, 0, encoded.length);
        Rlp item = reader.next(MAX_DEPTH);
        if (reader.hasMore()) {
            throw notRlp("bytes after its end");
        }
        return item;
    }

    /** Reads a list that takes all of the bytes. */
    static List<Rlp> parseList(byte[] encoded) throws MalformedProofException {
        if (parse(encoded) instanceof Items list) {
            return list.items();
        }
        throw new MalformedProofException(Reason.WRONG_SHAPE, "a list was expected");
    }

    /** The bytes of an item. */
    static byte[] bytes(Rlp item) throws MalformedProofException {
        if (item instanceof Text text) {
            return text.bytes();
        }
        throw new MalformedProofException(Reason.WRONG_SHAPE, "a list in the place of bytes");
    }

    /** A hash. */
    static Bytes32 word(Rlp item) throws MalformedProofException {
        byte[] bytes = bytes(item);
        if (bytes.length != Bytes32.LENGTH) {
            throw new MalformedProofException(
                    Reason.WRONG_SHAPE, bytes.length + " bytes in the place of a hash");
        }
        return new Bytes32(bytes);
    }

    /** A number of at most 63 bits. */
    static long number(Rlp item) throws MalformedProofException {
        BigInteger number = integer(bytes(item));
        if (number.bitLength() >= Long.SIZE) {
            throw new MalformedProofException(Reason.WRONG_SHAPE, "a number above 2^63");
        }
        return number.longValue();
    }

    /** The number that canonical bytes are: nothing for zero, else no zero in front. */
    static BigInteger integer(byte[] bytes) throws MalformedProofException {
        if (bytes.length > 0 && bytes[0] == 0) {
            throw notRlp("a number with a zero in front");
        }
        return new BigInteger(1, bytes);
    }

    /** The encoding of bytes. */
    static byte[] encode(byte[] bytes) {
        if (bytes.length == 1 && bytes[0] >= 0) {
            return bytes.clone();
        }
        return concat(prefix(bytes.length, SHORT_BYTES, LONG_BYTES), bytes);
    }

    /** The encoding of a list of items that are encoded already. */
    static byte[] encodeList(List<byte[]> items) {
        byte[] body = concat(items.toArray(byte[][]::new));
        return concat(prefix(body.length, SHORT_LIST, LONG_LIST), body);
    }

    private static byte[] prefix(int length, int shortForm, int longForm) {
        if (length <= MAX_SHORT) {
            return new byte[] {(byte) (shortForm + length)};
        }
        byte[] number = BigInteger.valueOf(length).toByteArray();
        byte[] digits = number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
        return concat(new byte[] {(byte) (longForm + digits.length)}, digits);
    }

    private static byte[] concat(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static MalformedProofException notRlp(String what) {
        return new MalformedProofException(Reason.NOT_RLP, "no RLP: " + what);
    }

    /** Reads items one after the other. For one thread. */
    final class Reader {

        private final byte[] bytes;
        private final int end;
        private int at;

        private Reader(byte[] bytes, int from, int end) {
            this.bytes = bytes;
            this.at = from;
            this.end = end;
        }

        boolean hasMore() {
            return at < end;
        }

        Rlp next(int depth) throws MalformedProofException {
            if (at >= end) {
                throw notRlp("it ends too early");
            }
            int start = at;
            int first = bytes[at] & 0xff;
            if (first < SHORT_BYTES) {
                at++;
                return new Text(new byte[] {(byte) first});
            }
            at++;
            if (first < SHORT_LIST) {
                int length = length(first, SHORT_BYTES, LONG_BYTES);
                byte[] text = Arrays.copyOfRange(bytes, at, at + length);
                if (length == 1 && text[0] >= 0) {
                    throw notRlp("a byte in a longer form");
                }
                at += length;
                return new Text(text);
            }
            return list(start, length(first, SHORT_LIST, LONG_LIST), depth);
        }

        private Items list(int start, int length, int depth) throws MalformedProofException {
            if (depth == 0) {
                throw notRlp("lists in lists in lists");
            }
            Reader inner = new Reader(bytes, at, at + length);
            List<Rlp> items = new ArrayList<>();
            while (inner.hasMore()) {
                items.add(inner.next(depth - 1));
            }
            at += length;
            return new Items(List.copyOf(items), Arrays.copyOfRange(bytes, start, at));
        }

        /** The length that a first byte, and those after it, tell of; there are as many bytes. */
        private int length(int first, int shortForm, int longForm) throws MalformedProofException {
            int length = first - shortForm;
            if (length > MAX_SHORT) {
                int digits = first - longForm;
                if (digits > MAX_LENGTH_BYTES || digits > end - at) {
                    throw notRlp("a length beyond its end");
                }
                byte[] number = Arrays.copyOfRange(bytes, at, at + digits);
                at += digits;
                length = integer(number).intValue();
                if (length <= MAX_SHORT) {
                    throw notRlp("a short length in the long form");
                }
            }
            if (length > end - at) {
                throw notRlp("a length beyond its end");
            }
            return length;
        }
    }
}

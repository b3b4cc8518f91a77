package org.flowshield.contracts.evm;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Writes values as the words of 32 bytes that {@code abi.encode} makes of them. Used once, by one
 * thread.
 */
public final class Words {

    private final ByteBuffer words;

    /** Room for this many words. */
    public Words(int count) {
        words = ByteBuffer.allocate(count * Bytes32.LENGTH);
    }

    public Words put(Bytes32 word) {
        words.put(word.bytes());
        return this;
    }

    public Words put(EvmAddress address) {
        words.position(words.position() + Bytes32.LENGTH - EvmAddress.LENGTH);
        words.put(address.bytes());
        return this;
    }

    /** A number that is not negative. */
    public Words put(BigInteger number) {
        if (number.signum() < 0 || number.bitLength() > Bytes32.LENGTH * Byte.SIZE) {
            throw new IllegalArgumentException("no word of the chain: " + number);
        }
        byte[] bytes = number.toByteArray();
        int from = bytes.length > Bytes32.LENGTH ? 1 : 0; // a zero byte for the sign
        words.position(words.position() + Bytes32.LENGTH - bytes.length + from);
        words.put(bytes, from, bytes.length - from);
        return this;
    }

    /** A number that is not negative. */
    public Words put(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("no word of the chain: " + number);
        }
        words.position(words.position() + Bytes32.LENGTH - Long.BYTES);
        words.putLong(number);
        return this;
    }

    public Words put(boolean value) {
        return put(value ? 1L : 0L);
    }

    public Words put(TokenAmount amount) {
        return put(amount.units());
    }

    public Words put(ChainId chain) {
        return put(chain.value());
    }

    /** The hash of what was put; all of the room must be used. */
    public Bytes32 hash() {
        return Keccak256.hash(bytes());
    }

    /** What was put; all of the room must be used. */
    public byte[] bytes() {
        if (words.hasRemaining()) {
            throw new IllegalStateException(words.remaining() + " bytes of room were not used");
        }
        return words.array().clone();
    }
}

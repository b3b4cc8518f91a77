package org.flowshield.node.ledger.sqlite;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.ledger.Side;

/**
 * Makes the hash of a row out of its values: SHA-256 over their one encoding. Used once, by one
 * thread.
 */
final class Seal {

    private static final int AMOUNT_LENGTH = 16;

    private final MessageDigest digest;

    /**
     * @param kind what is hashed: rows of two tables never have the same hash
     */
    Seal(String kind) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        put(kind);
    }

    Seal put(long value) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
        return this;
    }

    Seal put(byte[] bytes) {
        put(bytes.length);
        digest.update(bytes);
        return this;
    }

    Seal put(String text) {
        return put(text.getBytes(StandardCharsets.UTF_8));
    }

    Seal put(TokenAmount amount) {
        return put(encode(amount));
    }

    Seal put(Side side) {
        return put(code(side));
    }

    /** By the thousandth of a second. */
    Seal put(Instant time) {
        return put(time.toEpochMilli());
    }

    Seal putTime(Optional<Instant> time) {
        put(time.isPresent() ? 1 : 0);
        time.ifPresent(this::put);
        return this;
    }

    Seal putBytes(Optional<byte[]> bytes) {
        put(bytes.isPresent() ? 1 : 0);
        bytes.ifPresent(this::put);
        return this;
    }

    Bytes32 hash() {
        return new Bytes32(digest.digest());
    }

    /** What stands for a side in the files. */
    static int code(Side side) {
        return switch (side) {
            case PAYER -> 0;
            case PAYEE -> 1;
        };
    }

    static Side side(int code) {
        return switch (code) {
            case 0 -> Side.PAYER;
            case 1 -> Side.PAYEE;
            default -> throw new IllegalArgumentException("no side: " + code);
        };
    }

    /** The 16 bytes of an amount, big-endian. */
    static byte[] encode(TokenAmount amount) {
        byte[] bytes = amount.units().toByteArray();
        int from = bytes.length > AMOUNT_LENGTH ? 1 : 0; // a zero byte for the sign
        byte[] encoded = new byte[AMOUNT_LENGTH];
        int length = bytes.length - from;
        System.arraycopy(bytes, from, encoded, AMOUNT_LENGTH - length, length);
        return encoded;
    }

    static TokenAmount amount(byte[] encoded) {
        return new TokenAmount(new BigInteger(1, encoded));
    }
}

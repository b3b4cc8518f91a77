package org.flowshield.libp2p.multiformats;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException.Reason;

/**
 * A digest that says which function made it. Immutable. Nothing is checked about the function: who
 * asks for a certain one compares {@link #code()}.
 *
 * @param code the function's number in the multicodec table
 * @param digest at most {@value #MAX_DIGEST} bytes
 */
public record Multihash(long code, byte[] digest) {

    /** The "digest" is the message itself. */
    public static final long IDENTITY = 0x00;

    public static final long SHA2_256 = 0x12;

    /** Twice the longest digest in use (64 bytes), as go-multihash bounds identity hashes. */
    public static final int MAX_DIGEST = 128;

    public Multihash {
        if (code < 0 || digest.length > MAX_DIGEST) {
            throw new IllegalArgumentException(
                    "no multihash: code " + code + ", " + digest.length + " bytes");
        }
        digest = digest.clone();
    }

    public static Multihash identity(byte[] message) {
        return new Multihash(IDENTITY, message);
    }

    public static Multihash sha256(byte[] message) {
        try {
            return new Multihash(SHA2_256, MessageDigest.getInstance("SHA-256").digest(message));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Parses bytes that are one multihash and nothing else. */
    public static Multihash parse(byte[] bytes) throws MalformedMultiformatException {
        ByteBuffer source = ByteBuffer.wrap(bytes);
        long code = Uvarint.read(source);
        long length = Uvarint.read(source);
        if (length > MAX_DIGEST) {
            throw new MalformedMultiformatException(
                    Reason.TOO_LONG,
                    "digest of " + length + " bytes, at most " + MAX_DIGEST + " are allowed");
        }
        if (length > source.remaining()) {
            throw new MalformedMultiformatException(
                    Reason.TRUNCATED,
                    "digest ends " + (length - source.remaining()) + " bytes early");
        }
        byte[] digest = new byte[(int) length];
        source.get(digest);
        if (source.hasRemaining()) {
            throw new MalformedMultiformatException(
                    Reason.TRAILING_BYTES, source.remaining() + " bytes too many after the digest");
        }
        return new Multihash(code, digest);
    }

    public byte[] encode() {
        ByteBuffer target =
                ByteBuffer.allocate(
                        Uvarint.size(code) + Uvarint.size(digest.length) + digest.length);
        Uvarint.write(code, target);
        Uvarint.write(digest.length, target);
        return target.put(digest).array();
    }

    @Override
    public byte[] digest() {
        return digest.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Multihash hash
                && code == hash.code
                && Arrays.equals(digest, hash.digest);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(code) * 31 + Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(encode());
    }
}

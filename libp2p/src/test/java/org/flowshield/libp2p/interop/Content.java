package org.flowshield.libp2p.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Bytes that both ends can make from a number: the AES-128-CTR key stream whose key is the seed as
 * 16 bytes big-endian and whose counter begins at zero. {@code content.mjs} makes the same.
 */
final class Content {

    /** How many bytes are made and written at a time. */
    private static final int CHUNK = 64 * 1024;

    private Content() {}

    /** What arrived: how many bytes and their SHA-256 in hexadecimal. */
    record Sum(long bytes, String sha256) {}

    /** Writes {@code length} bytes of content. */
    static void write(OutputStream target, long length, long seed) throws IOException {
        Cipher cipher = keyStream(seed);
        byte[] zeros = new byte[CHUNK];
        byte[] chunk = new byte[CHUNK];
        try {
            for (long left = length; left > 0; left -= CHUNK) {
                int size = (int) Math.min(left, CHUNK);
                cipher.update(zeros, 0, size, chunk);
                target.write(chunk, 0, size);
            }
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static Sum sum(long length, long seed) {
        MessageDigest sha256 = sha256();
        try (OutputStream target = new DigestTarget(sha256)) {
            write(target, length, seed);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new Sum(length, HexFormat.of().formatHex(sha256.digest()));
    }

    /** Reads to the end. */
    static Sum read(InputStream source) throws IOException {
        MessageDigest sha256 = sha256();
        byte[] chunk = new byte[CHUNK];
        long bytes = 0;
        for (int n = source.read(chunk); n >= 0; n = source.read(chunk)) {
            sha256.update(chunk, 0, n);
            bytes += n;
        }
        return new Sum(bytes, HexFormat.of().formatHex(sha256.digest()));
    }

    private static Cipher keyStream(long seed) {
        byte[] key = ByteBuffer.allocate(16).putLong(8, seed).array();
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new IvParameterSpec(new byte[16]));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Hashes what is written to it. */
    private static final class DigestTarget extends OutputStream {
        private final MessageDigest digest;

        DigestTarget(MessageDigest digest) {
            this.digest = digest;
        }

        @Override
        public void write(int b) {
            digest.update((byte) b);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            digest.update(source, offset, length);
        }
    }
}

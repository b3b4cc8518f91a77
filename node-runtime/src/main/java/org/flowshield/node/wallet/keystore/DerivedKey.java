package org.flowshield.node.wallet.keystore;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.KeccakDigest;

/**
 * What a password becomes: the first half encrypts, the second authenticates. Who has it opens
 * every file that was made with the same password and salt. Safe for use by any thread; wiped by
 * {@link #close}. Equality is that of the object.
 */
public final class DerivedKey implements AutoCloseable {

    /** Of the format: 16 bytes for AES-128, 16 for the authentication. */
    public static final int LENGTH = 32;

    static final int MAC = 32;

    private static final int HALF = LENGTH / 2;

    private final byte[] bytes;
    private boolean closed;

    private DerivedKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes a copy; the caller wipes what it gave. */
    public static DerivedKey of(byte[] bytes) {
        return taking(bytes.clone());
    }

    /** Takes the array itself. */
    static DerivedKey taking(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a derived key has " + LENGTH + " bytes");
        }
        return new DerivedKey(bytes);
    }

    /** Its bytes, to hand it to another process; the caller wipes them. */
    public synchronized byte[] bytes() {
        requireOpen();
        return bytes.clone();
    }

    /** Encrypts, or decrypts, which is the same in counter mode; the caller wipes the plain one. */
    synchronized byte[] crypt(byte[] iv, byte[] data) {
        requireOpen();
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(bytes, 0, HALF, "AES"),
                    new IvParameterSpec(iv));
            return cipher.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES in counter mode", e);
        }
    }

    synchronized byte[] mac(byte[] ciphertext) {
        requireOpen();
        KeccakDigest keccak = new KeccakDigest(MAC * Byte.SIZE);
        keccak.update(bytes, HALF, HALF);
        keccak.update(ciphertext, 0, ciphertext.length);
        byte[] mac = new byte[MAC];
        int _ = keccak.doFinal(mac, 0);
        return mac;
    }

    /** Wipes it. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "DerivedKey[secret]";
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the derived key has been closed");
        }
    }
}

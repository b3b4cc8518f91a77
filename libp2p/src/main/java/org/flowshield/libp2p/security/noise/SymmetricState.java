package org.flowshield.libp2p.security.noise;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Noise's SymmetricState: the running hash of everything both sides have seen, and the chain of
 * keys. One thread at a time.
 */
final class SymmetricState implements AutoCloseable {

    /** Exactly 32 bytes, hence the first hash as it is (Noise specification, 5.2). */
    private static final String PROTOCOL = "Noise_XX_25519_ChaChaPoly_SHA256";

    private static final int HASH = 32;
    private static final byte[] NO_KEY = {};

    private final MessageDigest sha256;
    private final KDF hkdf;
    private byte[] hash = PROTOCOL.getBytes(StandardCharsets.US_ASCII);
    private byte[] chain = hash.clone();
    private @Nullable CipherState cipher;

    SymmetricState() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
            hkdf = KDF.getInstance("HKDF-SHA256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256 and HKDF", e);
        }
    }

    void mixHash(byte[] data) {
        sha256.update(hash);
        hash = sha256.digest(data);
    }

    /** Takes the shared secret over. */
    void mixKey(byte[] secret) {
        byte[] both = expand(secret);
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(chain, (byte) 0);
        chain = Arrays.copyOf(both, HASH);
        wipeCipher();
        cipher = new CipherState(Arrays.copyOfRange(both, HASH, 2 * HASH));
        Arrays.fill(both, (byte) 0);
    }

    /** Seals once there is a key; before that the plaintext is its own ciphertext. */
    byte[] encryptAndHash(byte[] plaintext) throws IOException {
        byte[] sealed = plaintext;
        if (cipher != null) {
            sealed = Arrays.copyOf(plaintext, plaintext.length + CipherState.TAG);
            cipher.seal(hash, sealed, 0, plaintext.length);
        }
        mixHash(sealed);
        return sealed;
    }

    byte[] decryptAndHash(byte[] sealed) throws IOException {
        byte[] plaintext = sealed;
        if (cipher != null) {
            byte[] room = sealed.clone();
            int length = cipher.open(hash, sealed, 0, sealed.length, room, 0);
            plaintext = Arrays.copyOf(room, length);
        }
        mixHash(sealed);
        return plaintext;
    }

    /** The keys of the two directions: the initiator's first. */
    CipherState[] split() {
        byte[] both = expand(NO_KEY);
        try {
            return new CipherState[] {
                new CipherState(Arrays.copyOf(both, HASH)),
                new CipherState(Arrays.copyOfRange(both, HASH, 2 * HASH))
            };
        } finally {
            Arrays.fill(both, (byte) 0);
        }
    }

    /** Noise's HKDF with two outputs is RFC 5869's with the chaining key as salt and no info. */
    private byte[] expand(byte[] secret) {
        try {
            return hkdf.deriveData(
                    HKDFParameterSpec.ofExtract()
                            .addSalt(chain)
                            .addIKM(secret)
                            .thenExpand(new byte[0], 2 * HASH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF of 64 bytes", e);
        }
    }

    private void wipeCipher() {
        if (cipher != null) {
            cipher.close();
        }
    }

    @Override
    public void close() {
        Arrays.fill(chain, (byte) 0);
        wipeCipher();
    }
}

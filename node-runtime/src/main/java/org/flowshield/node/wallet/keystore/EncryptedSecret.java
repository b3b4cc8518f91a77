package org.flowshield.node.wallet.keystore;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/** A secret under a password, with all that opens it but the password. Immutable. */
public record EncryptedSecret(Kdf kdf, byte[] iv, byte[] ciphertext, byte[] mac) {

    static final int IV = 16;

    /** Keys have 32 bytes, seeds at most as many. */
    static final int MAX_SECRET = 64;

    public EncryptedSecret {
        iv = iv.clone();
        ciphertext = ciphertext.clone();
        mac = mac.clone();
        if (iv.length != IV || mac.length != DerivedKey.MAC) {
            throw new IllegalArgumentException("an IV has 16 bytes, an authentication 32");
        }
        if (ciphertext.length < 1 || ciphertext.length > MAX_SECRET) {
            throw new IllegalArgumentException("a secret has 1 to " + MAX_SECRET + " bytes");
        }
    }

    /** Encrypts it with a key that this derivation made of the password. */
    public static EncryptedSecret seal(
            byte[] secret, Kdf kdf, DerivedKey key, SecureRandom random) {
        byte[] iv = new byte[IV];
        random.nextBytes(iv);
        byte[] ciphertext = key.crypt(iv, secret);
        return new EncryptedSecret(kdf, iv, ciphertext, key.mac(ciphertext));
    }

    /** Decrypts it with the key that {@link #kdf} makes; the caller wipes what it gets. */
    public byte[] open(DerivedKey key) throws WrongPasswordException {
        if (!MessageDigest.isEqual(mac, key.mac(ciphertext))) {
            throw new WrongPasswordException();
        }
        return key.crypt(iv, ciphertext);
    }

    @Override
    public byte[] iv() {
        return iv.clone();
    }

    @Override
    public byte[] ciphertext() {
        return ciphertext.clone();
    }

    @Override
    public byte[] mac() {
        return mac.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncryptedSecret that
                && kdf.equals(that.kdf)
                && Arrays.equals(iv, that.iv)
                && Arrays.equals(ciphertext, that.ciphertext)
                && Arrays.equals(mac, that.mac);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(mac);
    }

    @Override
    public String toString() {
        return "EncryptedSecret[" + kdf + "]";
    }
}

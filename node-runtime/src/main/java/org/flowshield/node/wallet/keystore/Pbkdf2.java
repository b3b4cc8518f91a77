package org.flowshield.node.wallet.keystore;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * PBKDF2 with HMAC-SHA-256, of which old wallets' files are: read, never written, for it needs no
 * memory and is guessed by graphics cards. Immutable.
 */
public record Pbkdf2(int iterations, byte[] salt) implements Kdf {

    /** Forty times what such files have. */
    static final int MAX_ITERATIONS = 10_000_000;

    public Pbkdf2 {
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException("PBKDF2 with " + iterations + " iterations");
        }
        salt = salt.clone();
    }

    @Override
    public byte[] salt() {
        return salt.clone();
    }

    @Override
    public DerivedKey derive(Password password) {
        byte[] secret = password.utf8();
        try {
            PKCS5S2ParametersGenerator generator =
                    new PKCS5S2ParametersGenerator(new SHA256Digest());
            generator.init(secret, salt, iterations);
            return DerivedKey.taking(
                    ((KeyParameter)
                                    generator.generateDerivedMacParameters(
                                            DerivedKey.LENGTH * Byte.SIZE))
                            .getKey());
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public boolean isAtLeast(ScryptCost least) {
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pbkdf2 that
                && iterations == that.iterations
                && Arrays.equals(salt, that.salt);
    }

    @Override
    public int hashCode() {
        return 31 * iterations + Arrays.hashCode(salt);
    }

    @Override
    public String toString() {
        return "Pbkdf2[" + iterations + " iterations]";
    }
}

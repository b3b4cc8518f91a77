package org.flowshield.node.wallet.keystore;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.SCrypt;

/** Scrypt (RFC 7914) with a salt. Immutable. */
public record Scrypt(ScryptCost cost, byte[] salt) implements Kdf {

    private static final int NEW_SALT = 32;

    public Scrypt {
        salt = salt.clone();
    }

    /** Of that cost, with a new salt. */
    public static Scrypt fresh(ScryptCost cost, SecureRandom random) {
        byte[] salt = new byte[NEW_SALT];
        random.nextBytes(salt);
        return new Scrypt(cost, salt);
    }

    @Override
    public byte[] salt() {
        return salt.clone();
    }

    @Override
    public DerivedKey derive(Password password) {
        byte[] secret = password.utf8();
        try {
            return DerivedKey.taking(
                    SCrypt.generate(secret, salt, cost.n(), cost.r(), cost.p(), DerivedKey.LENGTH));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public boolean isAtLeast(ScryptCost least) {
        return cost.isAtLeast(least);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scrypt that
                && cost.equals(that.cost)
                && Arrays.equals(salt, that.salt);
    }

    @Override
    public int hashCode() {
        return 31 * cost.hashCode() + Arrays.hashCode(salt);
    }

    @Override
    public String toString() {
        return "Scrypt[n=" + cost.n() + ", r=" + cost.r() + ", p=" + cost.p() + "]";
    }
}

package org.flowshield.node.wallet.keystore;

/** How a key is made from a password, with its salt. Immutable. */
public sealed interface Kdf permits Scrypt, Pbkdf2 {

    /** Makes the key; takes seconds for a good one. The caller closes it. */
    DerivedKey derive(Password password);

    /**
     * Whether guessing passwords costs at least as much as with that scrypt, in time and in memory.
     */
    boolean isAtLeast(ScryptCost cost);
}

package org.flowshield.node.wallet.keystore;

import tools.jackson.databind.node.ObjectNode;

/** How a key is made from a password, with its salt. Immutable. */
public sealed interface Kdf permits Scrypt, Pbkdf2 {

    /** Makes the key; takes seconds for a good one. The caller closes it. */
    DerivedKey derive(Password password);

    /** As JSON, in the words that keystores have for it. */
    default byte[] encode() {
        ObjectNode json = CryptoJson.object();
        CryptoJson.put(json, this);
        return CryptoJson.write(json);
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws MalformedKeystoreException if it is nothing of the kind, or costs too much
     */
    static Kdf parse(byte[] json) throws MalformedKeystoreException {
        return CryptoJson.kdf(CryptoJson.read(json));
    }

    /**
     * Whether guessing passwords costs at least as much as with that scrypt, in time and in memory.
     */
    boolean isAtLeast(ScryptCost cost);
}

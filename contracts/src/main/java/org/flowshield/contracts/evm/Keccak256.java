package org.flowshield.contracts.evm;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** The hash of Ethereum: Keccak before NIST padded it otherwise, so the JDK's SHA-3 is not it. */
public final class Keccak256 {

    private static final int BITS = 256;

    private Keccak256() {}

    /** The hash of the parts, one after the other. */
    public static Bytes32 hash(byte[]... parts) {
        KeccakDigest digest = new KeccakDigest(BITS);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] hash = new byte[Bytes32.LENGTH];
        digest.doFinal(hash, 0);
        return new Bytes32(hash);
    }

    /** The hash of a text in UTF-8. */
    public static Bytes32 hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }
}

package org.flowshield.libp2p.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A peer's public key. Immutable.
 *
 * @param encoded the deterministic protobuf of libp2p's peer-id spec
 */
public record PublicKey(byte[] encoded) {

    public PublicKey {
        encoded = encoded.clone();
    }

    @Override
    public byte[] encoded() {
        return encoded.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey key && Arrays.equals(encoded, key.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(encoded);
    }
}

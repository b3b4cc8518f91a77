package org.flowshield.libp2p.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A peer's public key. Immutable, safe for use by any thread.
 *
 * @param type what kind of key
 * @param data Ed25519: 32 raw bytes; Secp256k1: the compressed point; RSA and ECDSA: DER
 *     SubjectPublicKeyInfo
 */
public record PublicKey(KeyType type, byte[] data) {

    /**
     * Holds a key that is known to be sound.
     *
     * @throws IllegalArgumentException if it is not; untrusted input goes through {@link #parse}
     */
    public PublicKey {
        data = data.clone();
        try {
            type.check(data);
        } catch (MalformedKeyException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Parses the deterministic protobuf of the peer-id specification; refuses any other form. */
    public static PublicKey parse(byte[] encoded) throws MalformedKeyException {
        KeyEncoding.Parts parts = KeyEncoding.parse(encoded);
        parts.type().check(parts.data());
        return new PublicKey(parts.type(), parts.data());
    }

    /** The deterministic protobuf. */
    public byte[] encoded() {
        return KeyEncoding.encode(type, data);
    }

    /** True if {@code signature} is this key's over {@code message}; never throws for bad input. */
    public boolean verify(byte[] message, byte[] signature) {
        return type.verify(data, message, signature);
    }

    @Override
    public byte[] data() {
        return data.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey key && type == key.type && Arrays.equals(data, key.data);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return type + ":" + HexFormat.of().formatHex(data);
    }
}

package org.flowshield.libp2p.crypto;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.flowshield.libp2p.crypto.MalformedKeyException.Reason;

/**
 * An Ed25519 host key. Safe for use by any thread; wiped by {@link #close}, after which it neither
 * signs nor encodes. Equality is that of the object.
 */
public final class PrivateKey implements AutoCloseable {

    private static final int SEED = Ed25519Keys.SEED_LENGTH;
    private static final int PUBLIC = Ed25519Keys.PUBLIC_LENGTH;

    /** Guarded by this, so that no signature is made from a half-wiped seed. */
    private final byte[] seed;

    private final byte[] publicBytes;
    private final PublicKey publicKey;
    private boolean closed;

    private PrivateKey(byte[] seed) {
        this.seed = seed;
        this.publicBytes = Ed25519Keys.publicOf(seed);
        this.publicKey = new PublicKey(KeyType.ED25519, publicBytes);
    }

    public static PrivateKey generate(SecureRandom random) {
        byte[] seed = new byte[SEED];
        random.nextBytes(seed);
        return new PrivateKey(seed);
    }

    /**
     * Parses the protobuf of the peer-id specification: seed and public key, or the older form with
     * the public key twice. The caller wipes {@code encoded}.
     */
    public static PrivateKey parse(byte[] encoded) throws MalformedKeyException {
        KeyEncoding.Parts parts = KeyEncoding.parse(encoded);
        try {
            return parse(parts);
        } finally {
            Arrays.fill(parts.data(), (byte) 0);
        }
    }

    private static PrivateKey parse(KeyEncoding.Parts parts) throws MalformedKeyException {
        if (parts.type() != KeyType.ED25519) {
            throw new MalformedKeyException(
                    Reason.OUT_OF_BOUNDS,
                    parts.type() + " host keys are not supported, only Ed25519");
        }
        byte[] data = parts.data();
        if (data.length != SEED + PUBLIC && data.length != SEED + 2 * PUBLIC) {
            throw new MalformedKeyException(
                    Reason.BAD_LENGTH,
                    "an Ed25519 private key has 64 or 96 bytes, this one " + data.length);
        }
        PrivateKey key = new PrivateKey(Arrays.copyOf(data, SEED));
        for (int at = SEED; at < data.length; at += PUBLIC) {
            if (!MessageDigest.isEqual(
                    key.publicBytes, Arrays.copyOfRange(data, at, at + PUBLIC))) {
                key.close();
                throw new MalformedKeyException(
                        Reason.HALVES_DIFFER,
                        "the public half of the key is not that of its private half");
            }
        }
        return key;
    }

    /** The protobuf form, secret included; the caller wipes it. */
    public synchronized byte[] encode() {
        requireOpen();
        byte[] data = Arrays.copyOf(seed, SEED + PUBLIC);
        System.arraycopy(publicBytes, 0, data, SEED, PUBLIC);
        try {
            return KeyEncoding.encode(KeyType.ED25519, data);
        } finally {
            Arrays.fill(data, (byte) 0);
        }
    }

    public synchronized byte[] sign(byte[] message) {
        requireOpen();
        return Ed25519Keys.sign(seed, publicBytes, message);
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the host key has been closed");
        }
    }

    /** Wipes the key. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        Arrays.fill(seed, (byte) 0);
    }

    @Override
    public String toString() {
        return "PrivateKey[secret of " + publicKey + "]";
    }
}

package org.flowshield.libp2p.crypto;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.flowshield.libp2p.crypto.MalformedKeyException.Reason;

/** RFC 8032 by BouncyCastle, which verifies several times faster than the JDK. */
final class Ed25519Keys {

    static final int PUBLIC_LENGTH = Ed25519.PUBLIC_KEY_SIZE;
    static final int SEED_LENGTH = Ed25519.SECRET_KEY_SIZE;

    private Ed25519Keys() {}

    static void check(byte[] data) throws MalformedKeyException {
        if (data.length != PUBLIC_LENGTH) {
            throw new MalformedKeyException(
                    Reason.BAD_LENGTH,
                    "an Ed25519 key has " + PUBLIC_LENGTH + " bytes, this one " + data.length);
        }
    }

    static boolean verify(byte[] key, byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
    }

    static byte[] publicOf(byte[] seed) {
        byte[] key = new byte[PUBLIC_LENGTH];
        Ed25519.generatePublicKey(seed, 0, key, 0);
        return key;
    }

    static byte[] sign(byte[] seed, byte[] publicKey, byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
        return signature;
    }
}

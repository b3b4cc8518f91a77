package org.flowshield.libp2p.crypto;

import org.flowshield.libp2p.crypto.MalformedKeyException.Reason;

/** The kinds of keys a peer can have. Our own hosts have Ed25519; the others are verified only. */
public enum KeyType {
    RSA(0, "RSA") {
        @Override
        void check(byte[] data) throws MalformedKeyException {
            DerKeys.rsa(data);
        }

        @Override
        boolean verify(byte[] data, byte[] message, byte[] signature) {
            return DerKeys.verifyRsa(data, message, signature);
        }
    },
    ED25519(1, "Ed25519") {
        @Override
        void check(byte[] data) throws MalformedKeyException {
            Ed25519Keys.check(data);
        }

        @Override
        boolean verify(byte[] data, byte[] message, byte[] signature) {
            return Ed25519Keys.verify(data, message, signature);
        }
    },
    SECP256K1(2, "Secp256k1") {
        @Override
        void check(byte[] data) throws MalformedKeyException {
            Secp256k1Keys.point(data);
        }

        @Override
        boolean verify(byte[] data, byte[] message, byte[] signature) {
            return Secp256k1Keys.verify(data, message, signature);
        }
    },
    ECDSA(3, "ECDSA") {
        @Override
        void check(byte[] data) throws MalformedKeyException {
            DerKeys.ecdsa(data);
        }

        @Override
        boolean verify(byte[] data, byte[] message, byte[] signature) {
            return DerKeys.verifyEcdsa(data, message, signature);
        }
    };

    private final int number;
    private final String label;

    KeyType(int number, String label) {
        this.number = number;
        this.label = label;
    }

    /** The number in the peer-id specification. */
    public int number() {
        return number;
    }

    static KeyType of(int number) throws MalformedKeyException {
        for (KeyType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        throw new MalformedKeyException(Reason.UNKNOWN_TYPE, "key type " + number + " is unknown");
    }

    /** Refuses data that is no acceptable public key of this type. */
    abstract void check(byte[] data) throws MalformedKeyException;

    /** True if the signature is the message's; {@code data} has passed {@link #check}. */
    abstract boolean verify(byte[] data, byte[] message, byte[] signature);

    @Override
    public String toString() {
        return label;
    }
}

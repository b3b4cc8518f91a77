package org.flowshield.node.wallet.seed;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * A private key of secp256k1 from which others are derived (BIP-32). Safe for use by any thread;
 * wiped by {@link #close}. Equality is that of the object.
 */
public final class ExtendedKey implements AutoCloseable {

    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");

    private static final int KEY = 32;

    /** BIP-32 allows seeds of 128 to 512 bits. */
    private static final int MIN_SEED = 16;

    private static final int MAX_SEED = 64;

    private static final byte[] MASTER = "Bitcoin seed".getBytes(StandardCharsets.US_ASCII);

    private final byte[] key;
    private final byte[] chainCode;
    private boolean closed;

    private ExtendedKey(byte[] key, byte[] chainCode) {
        this.key = key;
        this.chainCode = chainCode;
    }

    /** The top of the tree of that seed. The caller wipes the seed. */
    public static ExtendedKey master(byte[] seed) {
        if (seed.length < MIN_SEED || seed.length > MAX_SEED) {
            throw new IllegalArgumentException("a seed has 16 to 64 bytes");
        }
        byte[] both = hmac(MASTER, seed);
        try {
            BigInteger value = BigIntegers.fromUnsignedByteArray(both, 0, KEY);
            requireUsable(value.signum() != 0 && value.compareTo(CURVE.getN()) < 0);
            return new ExtendedKey(
                    Arrays.copyOf(both, KEY), Arrays.copyOfRange(both, KEY, 2 * KEY));
        } finally {
            Arrays.fill(both, (byte) 0);
        }
    }

    /** The key at a path below this one; the caller closes it. */
    public ExtendedKey derive(DerivationPath path) {
        ExtendedKey reached = copy();
        for (int index : path.indices()) {
            try (ExtendedKey parent = reached) {
                reached = parent.child(index);
            }
        }
        return reached;
    }

    /** The child with that index, hardened if it is negative; the caller closes it. */
    public synchronized ExtendedKey child(int index) {
        requireOpen();
        ByteBuffer data = ByteBuffer.allocate(1 + KEY + Integer.BYTES);
        byte[] both;
        try {
            if (index < 0) {
                data.put((byte) 0).put(key);
            } else {
                data.put(publicKey());
            }
            both = hmac(chainCode, data.putInt(index).array());
        } finally {
            Arrays.fill(data.array(), (byte) 0);
        }
        try {
            BigInteger tweak = BigIntegers.fromUnsignedByteArray(both, 0, KEY);
            BigInteger child = tweak.add(BigIntegers.fromUnsignedByteArray(key)).mod(CURVE.getN());
            requireUsable(tweak.compareTo(CURVE.getN()) < 0 && child.signum() != 0);
            return new ExtendedKey(
                    BigIntegers.asUnsignedByteArray(KEY, child),
                    Arrays.copyOfRange(both, KEY, 2 * KEY));
        } finally {
            Arrays.fill(both, (byte) 0);
        }
    }

    /** The private key's 32 bytes; the caller wipes them. */
    public synchronized byte[] privateKey() {
        requireOpen();
        return key.clone();
    }

    synchronized byte[] chainCode() {
        requireOpen();
        return chainCode.clone();
    }

    /** Wipes it. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        Arrays.fill(key, (byte) 0);
        Arrays.fill(chainCode, (byte) 0);
    }

    @Override
    public String toString() {
        return "ExtendedKey[secret]";
    }

    private synchronized ExtendedKey copy() {
        requireOpen();
        return new ExtendedKey(key.clone(), chainCode.clone());
    }

    private byte[] publicKey() {
        return new FixedPointCombMultiplier()
                .multiply(CURVE.getG(), BigIntegers.fromUnsignedByteArray(key))
                .normalize()
                .getEncoded(true);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the key has been closed");
        }
    }

    /** BIP-32: one seed or index in 2^127 has no key; nobody will meet it. */
    private static void requireUsable(boolean usable) {
        if (!usable) {
            throw new ArithmeticException("this seed has no key at this place: take another");
        }
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        HMac hmac = new HMac(new SHA512Digest());
        hmac.init(new KeyParameter(key));
        hmac.update(data, 0, data.length);
        byte[] result = new byte[hmac.getMacSize()];
        int _ = hmac.doFinal(result, 0);
        hmac.init(new KeyParameter(new byte[KEY])); // forgets the pads of this key
        return result;
    }
}

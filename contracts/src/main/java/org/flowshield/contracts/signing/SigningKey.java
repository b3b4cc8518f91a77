package org.flowshield.contracts.signing;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.signing.MalformedKeyException.Reason;

/**
 * A private key of the chain. Safe for use by any thread; wiped by {@link #close}, after which it
 * neither signs nor encodes. Equality is that of the object.
 */
public final class SigningKey implements AutoCloseable {

    public static final int LENGTH = Secp256k1.SCALAR_LENGTH;

    /** Guarded by this, so that no signature is made from a half-wiped key. */
    private final byte[] secret;

    private final EvmAddress address;
    private boolean closed;

    private SigningKey(byte[] secret) {
        this.secret = secret;
        this.address = Secp256k1.address(new BigInteger(1, secret));
    }

    public static SigningKey generate(SecureRandom random) {
        byte[] secret = new byte[LENGTH];
        do {
            random.nextBytes(secret);
        } while (!Secp256k1.isScalar(new BigInteger(1, secret)));
        return new SigningKey(secret);
    }

    /** The key of these 32 bytes, which the caller wipes. */
    public static SigningKey of(byte[] secret) throws MalformedKeyException {
        if (secret.length != LENGTH) {
            throw new MalformedKeyException(
                    Reason.LENGTH, "a private key has 32 bytes, this one " + secret.length);
        }
        if (!Secp256k1.isScalar(new BigInteger(1, secret))) {
            throw new MalformedKeyException(
                    Reason.OUT_OF_RANGE, "these bytes are no private key of secp256k1");
        }
        return new SigningKey(secret.clone());
    }

    /** The address of the wallet or signer that this is the key of. */
    public EvmAddress address() {
        return address;
    }

    public synchronized Signature sign(Bytes32 digest) {
        requireOpen();
        return Secp256k1.sign(new BigInteger(1, secret), digest);
    }

    /** The 32 bytes of the secret; the caller wipes them. */
    public synchronized byte[] encode() {
        requireOpen();
        return secret.clone();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the key of " + address + " has been closed");
        }
    }

    /** Wipes the key. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "SigningKey[secret of " + address + "]";
    }
}

package org.flowshield.contracts.signing;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.util.BigIntegers;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.signing.MalformedSignatureException.Reason;

/**
 * An ECDSA signature in the one form that the contracts take: R, S (the lower of the two), and 27
 * or 28. Immutable.
 *
 * @param bytes 65 of them
 */
public record Signature(byte[] bytes) {

    public static final int LENGTH = 65;

    private static final int EVEN = 27;
    private static final int ODD = 28;

    /**
     * Holds the bytes of a signature that is known to be sound.
     *
     * @throws IllegalArgumentException if it is not; untrusted input goes through {@link #parse}
     */
    public Signature {
        bytes = bytes.clone();
        try {
            check(bytes);
        } catch (MalformedSignatureException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    public static Signature parse(byte[] bytes) throws MalformedSignatureException {
        check(bytes);
        return new Signature(bytes);
    }

    static Signature of(BigInteger r, BigInteger s, boolean odd) {
        byte[] bytes = new byte[LENGTH];
        BigIntegers.asUnsignedByteArray(r, bytes, 0, Bytes32.LENGTH);
        BigIntegers.asUnsignedByteArray(s, bytes, Bytes32.LENGTH, Bytes32.LENGTH);
        bytes[LENGTH - 1] = (byte) (odd ? ODD : EVEN);
        return new Signature(bytes);
    }

    private static void check(byte[] bytes) throws MalformedSignatureException {
        if (bytes.length != LENGTH) {
            throw new MalformedSignatureException(
                    Reason.LENGTH, "a signature has 65 bytes, this one " + bytes.length);
        }
        int v = bytes[LENGTH - 1];
        if (v != EVEN && v != ODD) {
            throw new MalformedSignatureException(
                    Reason.RECOVERY_BYTE, "the signature's last byte is neither 27 nor 28");
        }
        BigInteger s = scalar(bytes, Bytes32.LENGTH);
        if (!Secp256k1.isScalar(scalar(bytes, 0)) || !Secp256k1.isScalar(s)) {
            throw new MalformedSignatureException(
                    Reason.OUT_OF_RANGE, "the signature's numbers are no numbers of the curve");
        }
        if (Secp256k1.isHigh(s)) {
            throw new MalformedSignatureException(
                    Reason.HIGH_S, "the signature has the form that the contracts refuse");
        }
    }

    private static BigInteger scalar(byte[] bytes, int from) {
        return new BigInteger(1, bytes, from, Bytes32.LENGTH);
    }

    /** Who signed this digest. A forged signature gives an address, too, but nobody's. */
    public EvmAddress recover(Bytes32 digest) throws MalformedSignatureException {
        return Secp256k1.recover(
                        scalar(bytes, 0),
                        scalar(bytes, Bytes32.LENGTH),
                        bytes[LENGTH - 1] == ODD,
                        digest)
                .orElseThrow(
                        () ->
                                new MalformedSignatureException(
                                        Reason.NO_KEY, "no key can have made this signature"));
    }

    /** Whether this address signed this digest. */
    public boolean isBy(EvmAddress signer, Bytes32 digest) {
        try {
            return recover(digest).equals(signer);
        } catch (MalformedSignatureException e) {
            return false;
        }
    }

    public Bytes32 r() {
        return new Bytes32(Arrays.copyOfRange(bytes, 0, Bytes32.LENGTH));
    }

    public Bytes32 s() {
        return new Bytes32(Arrays.copyOfRange(bytes, Bytes32.LENGTH, 2 * Bytes32.LENGTH));
    }

    /** 27 or 28. */
    public int v() {
        return bytes[LENGTH - 1];
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signature signature && Arrays.equals(bytes, signature.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** {@code 0x} and 130 hexadecimal digits. */
    @Override
    public String toString() {
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}

package org.flowshield.libp2p.crypto;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Set;
import org.flowshield.libp2p.crypto.MalformedKeyException.Reason;

/** RSA and ECDSA keys, which travel as DER SubjectPublicKeyInfo, by the JDK. Verification only. */
final class DerKeys {

    /** go-libp2p's bounds: below is breakable, above is slow to verify. */
    private static final int MIN_RSA_BITS = 2048;

    private static final int MAX_RSA_BITS = 8192;

    /** Go's crypto/rsa takes exponents below 2^31; a greater one only makes verifying slow. */
    private static final int MAX_EXPONENT_BITS = 31;

    /** P-256, P-384 and P-521: what other libp2p stacks can make. */
    private static final Set<Integer> CURVE_BITS = Set.of(256, 384, 521);

    private DerKeys() {}

    static RSAPublicKey rsa(byte[] der) throws MalformedKeyException {
        RSAPublicKey key = (RSAPublicKey) parse("RSA", der);
        int bits = key.getModulus().bitLength();
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
            throw new MalformedKeyException(
                    Reason.OUT_OF_BOUNDS,
                    "RSA key of "
                            + bits
                            + " bits; "
                            + MIN_RSA_BITS
                            + " to "
                            + MAX_RSA_BITS
                            + " are accepted");
        }
        BigInteger exponent = key.getPublicExponent();
        if (exponent.bitLength() > MAX_EXPONENT_BITS
                || !exponent.testBit(0)
                || exponent.equals(BigInteger.ONE)) {
            throw new MalformedKeyException(
                    Reason.OUT_OF_BOUNDS, "RSA exponent " + exponent + " is not accepted");
        }
        return key;
    }

    static ECPublicKey ecdsa(byte[] der) throws MalformedKeyException {
        ECPublicKey key = (ECPublicKey) parse("EC", der);
        int bits = key.getParams().getCurve().getField().getFieldSize();
        if (!CURVE_BITS.contains(bits)) {
            throw new MalformedKeyException(
                    Reason.OUT_OF_BOUNDS,
                    "ECDSA key on a curve of " + bits + " bits is not accepted");
        }
        return key;
    }

    static boolean verifyRsa(byte[] der, byte[] message, byte[] signature) {
        try {
            return verify("SHA256withRSA", rsa(der), message, signature);
        } catch (MalformedKeyException e) {
            return false;
        }
    }

    static boolean verifyEcdsa(byte[] der, byte[] message, byte[] signature) {
        try {
            return verify("SHA256withECDSA", ecdsa(der), message, signature);
        } catch (MalformedKeyException e) {
            return false;
        }
    }

    private static PublicKey parse(String algorithm, byte[] der) throws MalformedKeyException {
        if (der.length > KeyEncoding.MAX_LENGTH) {
            throw new MalformedKeyException(
                    Reason.BAD_LENGTH, algorithm + " key of " + der.length + " bytes");
        }
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
        } catch (InvalidKeySpecException e) {
            throw new MalformedKeyException(
                    Reason.NOT_A_KEY,
                    "no " + algorithm + " SubjectPublicKeyInfo: " + e.getMessage());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has " + algorithm, e);
        }
    }

    private static boolean verify(
            String algorithm, PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (InvalidKeyException | SignatureException e) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has " + algorithm, e);
        }
    }
}

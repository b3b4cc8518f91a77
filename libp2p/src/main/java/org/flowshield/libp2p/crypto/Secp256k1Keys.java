package org.flowshield.libp2p.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.ECPoint;
import org.flowshield.libp2p.crypto.MalformedKeyException.Reason;

/** ECDSA over secp256k1 by BouncyCastle; the JDK has dropped the curve. Verification only. */
final class Secp256k1Keys {

    private static final int COMPRESSED_LENGTH = 33;

    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);

    private Secp256k1Keys() {}

    static ECPoint point(byte[] data) throws MalformedKeyException {
        if (data.length != COMPRESSED_LENGTH) {
            throw new MalformedKeyException(
                    Reason.BAD_LENGTH,
                    "a Secp256k1 key has " + COMPRESSED_LENGTH + " bytes, this one " + data.length);
        }
        try {
            return CURVE.getCurve().decodePoint(data);
        } catch (IllegalArgumentException e) {
            throw new MalformedKeyException(
                    Reason.NOT_A_KEY, "no point of secp256k1: " + e.getMessage());
        }
    }

    /** Takes high S as well, as go-libp2p does: no id is made from a signature. */
    static boolean verify(byte[] key, byte[] message, byte[] signature) {
        try {
            BigInteger[] rs = StandardDSAEncoding.INSTANCE.decode(DOMAIN.getN(), signature);
            ECDSASigner signer = new ECDSASigner();
            signer.init(false, new ECPublicKeyParameters(point(key), DOMAIN));
            return signer.verifySignature(
                    MessageDigest.getInstance("SHA-256").digest(message), rs[0], rs[1]);
        } catch (IOException | IllegalArgumentException | MalformedKeyException e) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

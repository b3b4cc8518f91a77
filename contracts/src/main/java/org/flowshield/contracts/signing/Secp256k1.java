package org.flowshield.contracts.signing;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECMultiplier;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Keccak256;

/**
 * ECDSA over secp256k1 by BouncyCastle; the JDK has dropped the curve. Signatures are deterministic
 * (RFC 6979) and tell which of the two possible keys made them.
 */
final class Secp256k1 {

    static final int SCALAR_LENGTH = 32;

    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);

    static final BigInteger ORDER = DOMAIN.getN();
    private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);

    private Secp256k1() {}

    static boolean isScalar(BigInteger value) {
        return value.signum() > 0 && value.compareTo(ORDER) < 0;
    }

    static boolean isHigh(BigInteger s) {
        return s.compareTo(HALF_ORDER) > 0;
    }

    static EvmAddress address(BigInteger secret) {
        return address(new FixedPointCombMultiplier().multiply(DOMAIN.getG(), secret));
    }

    private static EvmAddress address(ECPoint key) {
        byte[] encoded = key.getEncoded(false);
        byte[] hash = Keccak256.hash(Arrays.copyOfRange(encoded, 1, encoded.length)).bytes();
        return new EvmAddress(
                Arrays.copyOfRange(hash, Bytes32.LENGTH - EvmAddress.LENGTH, Bytes32.LENGTH));
    }

    static Signature sign(BigInteger secret, Bytes32 digest) {
        PointKeepingSigner signer = new PointKeepingSigner();
        signer.init(true, new ECPrivateKeyParameters(secret, DOMAIN));
        BigInteger[] rs = signer.generateSignature(digest.bytes());
        boolean odd = signer.point().getAffineYCoord().testBitZero();
        // The mirrored S is that of the mirrored point.
        return isHigh(rs[1])
                ? Signature.of(rs[0], ORDER.subtract(rs[1]), !odd)
                : Signature.of(rs[0], rs[1], odd);
    }

    /** Whose signature this is (SEC 1, 4.1.6); the cofactor is 1, so that each point will do. */
    static Optional<EvmAddress> recover(BigInteger r, BigInteger s, boolean odd, Bytes32 digest) {
        byte[] compressed = new byte[1 + SCALAR_LENGTH];
        compressed[0] = (byte) (odd ? 3 : 2);
        BigIntegers.asUnsignedByteArray(r, compressed, 1, SCALAR_LENGTH);
        ECPoint point;
        try {
            point = CURVE.getCurve().decodePoint(compressed);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no point of the curve lies there
        }
        BigInteger e = new BigInteger(1, digest.bytes());
        BigInteger inverse = BigIntegers.modOddInverseVar(ORDER, r);
        BigInteger ofBase = e.negate().multiply(inverse).mod(ORDER);
        BigInteger ofPoint = s.multiply(inverse).mod(ORDER);
        ECPoint key =
                ECAlgorithms.sumOfTwoMultiplies(DOMAIN.getG(), ofBase, point, ofPoint).normalize();
        return key.isInfinity() ? Optional.empty() : Optional.of(address(key));
    }

    /**
     * Keeps the point that the signature's R is the x of: its y tells the recovery byte, which
     * would otherwise cost a recovery or two.
     */
    private static final class PointKeepingSigner extends ECDSASigner {

        private ECPoint point = DOMAIN.getCurve().getInfinity();

        PointKeepingSigner() {
            super(new HMacDSAKCalculator(new SHA256Digest()));
        }

        @Override
        protected ECMultiplier createBasePointMultiplier() {
            ECMultiplier multiplier = super.createBasePointMultiplier();
            return (base, k) -> {
                point = multiplier.multiply(base, k).normalize();
                return point;
            };
        }

        ECPoint point() {
            return point;
        }
    }
}

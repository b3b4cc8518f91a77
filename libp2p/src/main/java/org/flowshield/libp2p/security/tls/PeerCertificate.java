package org.flowshield.libp2p.security.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.flowshield.libp2p.crypto.MalformedKeyException;
import org.flowshield.libp2p.crypto.PublicKey;
import org.flowshield.libp2p.security.tls.MalformedCertificateException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A peer's certificate as libp2p's TLS specification has it, verified: it signs itself, it is valid
 * now, and the host key in its extension signed its key. Immutable.
 *
 * <p>Whoever speaks for it in a handshake must prove to own its key; that is TLS's part.
 */
record PeerCertificate(PublicKey hostKey) {

    /**
     * An honest certificate has 450 bytes with an Ed25519 host key, 1.6 KiB with an RSA key of 4096
     * bits.
     */
    static final int MAX_LENGTH = 8 * 1024;

    /** 1.3.6.1.4.1.53594.1.1 */
    static final byte[] EXTENSION = HexFormat.of().parseHex("2b0601040183a25a0101");

    private static final byte[] SIGNED_PREFIX =
            "libp2p-tls-handshake:".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] VERSION_3 = {2};
    private static final byte[] TRUE = {(byte) 0xff};
    private static final byte[] FALSE = {0};

    private enum Algorithm {
        ECDSA_SHA256("EC", "SHA256withECDSA"),
        ED25519("Ed25519", "Ed25519");

        private final String key;
        private final String signature;

        Algorithm(String key, String signature) {
            this.key = key;
            this.signature = signature;
        }
    }

    /** By the DER of the AlgorithmIdentifier: neither has parameters. */
    private static final Map<String, Algorithm> ALGORITHMS =
            Map.of(
                    "300a06082a8648ce3d040302", Algorithm.ECDSA_SHA256,
                    "300506032b6570", Algorithm.ED25519);

    private static final Map<Integer, DateTimeFormatter> TIMES =
            Map.of(
                    DerReader.UTC_TIME, time("uuMMddHHmmss'Z'"),
                    DerReader.GENERALIZED_TIME, time("uuuuMMddHHmmss'Z'"));

    /** Two-digit years from 50 on are of the twentieth century (RFC 5280). */
    private static final int FIRST_TWO_DIGIT_YEAR = 1950;

    private static final int CENTURY = 100;

    /** What the host key signs: our prefix, then the certificate's key as SubjectPublicKeyInfo. */
    static byte[] signedByHost(byte[] certificateKey) {
        byte[] signed = Arrays.copyOf(SIGNED_PREFIX, SIGNED_PREFIX.length + certificateKey.length);
        System.arraycopy(certificateKey, 0, signed, SIGNED_PREFIX.length, certificateKey.length);
        return signed;
    }

    /** Parses and verifies. */
    static PeerCertificate parse(byte[] der, Instant now) throws MalformedCertificateException {
        if (der.length > MAX_LENGTH) {
            throw new MalformedCertificateException(
                    Reason.TOO_LONG,
                    "a certificate of " + der.length + " bytes, more than " + MAX_LENGTH);
        }
        var outer = new DerReader(der);
        DerReader certificate = outer.enter(DerReader.SEQUENCE);
        outer.expectEnd();
        byte[] signedPart = certificate.whole(DerReader.SEQUENCE);
        byte[] algorithm = certificate.whole(DerReader.SEQUENCE);
        byte[] signature = bits(certificate.content(DerReader.BIT_STRING));
        certificate.expectEnd();

        DerReader tbs = new DerReader(signedPart).enter(DerReader.SEQUENCE);
        expectVersion3(tbs);
        tbs.content(DerReader.INTEGER);
        if (!Arrays.equals(algorithm, tbs.whole(DerReader.SEQUENCE))) {
            throw DerReader.bad("two signature algorithms");
        }
        tbs.whole(DerReader.SEQUENCE);
        checkValidity(tbs.enter(DerReader.SEQUENCE), now);
        tbs.whole(DerReader.SEQUENCE);
        byte[] key = tbs.whole(DerReader.SEQUENCE);
        byte[] hostKey = hostKeyExtension(tbs);

        checkSelfSignature(algorithm, key, signedPart, signature);
        return new PeerCertificate(checkHostSignature(hostKey, key));
    }

    private static void expectVersion3(DerReader tbs) throws MalformedCertificateException {
        DerReader version = tbs.enter(DerReader.context(0));
        if (!Arrays.equals(version.content(DerReader.INTEGER), VERSION_3)) {
            throw DerReader.bad("not of version 3");
        }
        version.expectEnd();
    }

    private static byte[] bits(byte[] bitString) throws MalformedCertificateException {
        if (bitString.length == 0 || bitString[0] != 0) {
            throw DerReader.bad("a signature of odd bits");
        }
        return Arrays.copyOfRange(bitString, 1, bitString.length);
    }

    private static void checkValidity(DerReader validity, Instant now)
            throws MalformedCertificateException {
        Instant from = instant(validity);
        Instant to = instant(validity);
        validity.expectEnd();
        if (now.isBefore(from)) {
            throw new MalformedCertificateException(
                    Reason.NOT_YET_VALID, "a certificate valid from " + from + "; check the clock");
        }
        if (now.isAfter(to)) {
            throw new MalformedCertificateException(
                    Reason.EXPIRED, "a certificate valid until " + to + "; check the clock");
        }
    }

    private static Instant instant(DerReader source) throws MalformedCertificateException {
        int tag =
                source.nextIs(DerReader.UTC_TIME) ? DerReader.UTC_TIME : DerReader.GENERALIZED_TIME;
        String text = new String(source.content(tag), StandardCharsets.US_ASCII);
        try {
            var time = LocalDateTime.parse(text, TIMES.get(tag));
            if (tag == DerReader.UTC_TIME && time.getYear() >= FIRST_TWO_DIGIT_YEAR + CENTURY) {
                time = time.minusYears(CENTURY);
            }
            return time.toInstant(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            throw DerReader.bad("a time that is none");
        }
    }

    private static DateTimeFormatter time(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
    }

    private static byte[] hostKeyExtension(DerReader tbs) throws MalformedCertificateException {
        byte @Nullable [] found = null;
        if (tbs.hasMore()) {
            DerReader wrapper = tbs.enter(DerReader.context(3));
            tbs.expectEnd();
            DerReader extensions = wrapper.enter(DerReader.SEQUENCE);
            wrapper.expectEnd();
            while (extensions.hasMore()) {
                byte[] value = ours(extensions.enter(DerReader.SEQUENCE));
                if (value != null && found != null) {
                    throw new MalformedCertificateException(
                            Reason.BAD_HOST_KEY, "a certificate with two host keys");
                }
                found = value == null ? found : value;
            }
        }
        if (found == null) {
            throw new MalformedCertificateException(
                    Reason.NO_HOST_KEY, "a certificate without libp2p's extension");
        }
        return found;
    }

    /** The value of libp2p's extension, null if this is another that may be ignored. */
    private static byte @Nullable [] ours(DerReader extension)
            throws MalformedCertificateException {
        byte[] oid = extension.content(DerReader.OID);
        boolean critical = extension.nextIs(DerReader.BOOLEAN) && isTrue(extension);
        byte[] value = extension.content(DerReader.OCTET_STRING);
        extension.expectEnd();
        if (Arrays.equals(oid, EXTENSION)) {
            return value;
        }
        if (critical) {
            throw new MalformedCertificateException(
                    Reason.UNKNOWN_CRITICAL_EXTENSION,
                    "an unknown critical extension " + HexFormat.of().formatHex(oid));
        }
        return null;
    }

    private static boolean isTrue(DerReader source) throws MalformedCertificateException {
        byte[] value = source.content(DerReader.BOOLEAN);
        if (!Arrays.equals(value, TRUE) && !Arrays.equals(value, FALSE)) {
            throw DerReader.bad("a boolean that is neither");
        }
        return Arrays.equals(value, TRUE);
    }

    private static void checkSelfSignature(
            byte[] identifier, byte[] key, byte[] signedPart, byte[] signature)
            throws MalformedCertificateException {
        Algorithm algorithm = ALGORITHMS.get(HexFormat.of().formatHex(identifier));
        if (algorithm == null) {
            throw new MalformedCertificateException(
                    Reason.UNKNOWN_ALGORITHM,
                    "signed by algorithm " + HexFormat.of().formatHex(identifier));
        }
        Signature verifier;
        try {
            verifier = Signature.getInstance(algorithm.signature);
            verifier.initVerify(
                    KeyFactory.getInstance(algorithm.key)
                            .generatePublic(new X509EncodedKeySpec(key)));
            verifier.update(signedPart);
        } catch (GeneralSecurityException e) {
            throw new MalformedCertificateException(
                    Reason.UNKNOWN_ALGORITHM, "a certificate key that is none: " + e.getMessage());
        }
        if (!verifies(verifier, signature)) {
            throw new MalformedCertificateException(
                    Reason.BAD_SELF_SIGNATURE, "a certificate that its own key did not sign");
        }
    }

    private static boolean verifies(Signature verifier, byte[] signature) {
        try {
            return verifier.verify(signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static PublicKey checkHostSignature(byte[] extension, byte[] certificateKey)
            throws MalformedCertificateException {
        var outer = new DerReader(extension);
        DerReader signedKey = outer.enter(DerReader.SEQUENCE);
        outer.expectEnd();
        byte[] encoded = signedKey.content(DerReader.OCTET_STRING);
        byte[] signature = signedKey.content(DerReader.OCTET_STRING);
        signedKey.expectEnd();
        PublicKey hostKey;
        try {
            hostKey = PublicKey.parse(encoded);
        } catch (MalformedKeyException e) {
            throw new MalformedCertificateException(
                    Reason.BAD_HOST_KEY, "a host key that is none: " + e.getMessage());
        }
        if (!hostKey.verify(signedByHost(certificateKey), signature)) {
            throw new MalformedCertificateException(
                    Reason.BAD_HOST_SIGNATURE, "the host key did not sign the certificate's key");
        }
        return hostKey;
    }
}

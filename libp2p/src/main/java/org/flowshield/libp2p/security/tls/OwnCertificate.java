package org.flowshield.libp2p.security.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * The certificate that we show: ECDSA on P-256, which every implementation verifies, and libp2p's
 * extension as its only one, because js-libp2p looks no further than the first. Immutable.
 *
 * @param key the certificate's key, unrelated to the host key; never stored
 */
record OwnCertificate(PrivateKey key, X509Certificate certificate) {

    /** As go-libp2p: clocks differ, and the certificate dies with the process. */
    private static final Duration BEFORE = Duration.ofHours(1);

    private static final Duration AFTER = Duration.ofDays(100 * 365);

    /** A positive serial number of 62 bits, as go-libp2p's. */
    private static final int SERIAL_BITS = 62;

    private static final ASN1ObjectIdentifier EXTENSION =
            new ASN1ObjectIdentifier("1.3.6.1.4.1.53594.1.1");

    private static final AlgorithmIdentifier ALGORITHM =
            new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    static OwnCertificate create(
            org.flowshield.libp2p.crypto.PrivateKey host, SecureRandom random, Instant now) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            byte[] encoded = encode(pair, tbs(pair.getPublic().getEncoded(), host, random, now));
            return new OwnCertificate(
                    pair.getPrivate(),
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(encoded)));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JDK makes ECDSA certificates", e);
        }
    }

    private static TBSCertificate tbs(
            byte[] certificateKey,
            org.flowshield.libp2p.crypto.PrivateKey host,
            SecureRandom random,
            Instant now)
            throws IOException {
        var serial = new BigInteger(SERIAL_BITS, random).setBit(0);
        X500Name name =
                new X500NameBuilder()
                        .addRDN(
                                BCStyle.SERIALNUMBER,
                                new DERPrintableString(
                                        new BigInteger(SERIAL_BITS, random).toString()))
                        .build();
        var generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(serial));
        generator.setSignature(ALGORITHM);
        generator.setIssuer(name);
        generator.setStartDate(new Time(Date.from(now.minus(BEFORE))));
        generator.setEndDate(new Time(Date.from(now.plus(AFTER))));
        generator.setSubject(name);
        generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(certificateKey));
        generator.setExtensions(new Extensions(extension(certificateKey, host)));
        return generator.generateTBSCertificate();
    }

    private static Extension extension(
            byte[] certificateKey, org.flowshield.libp2p.crypto.PrivateKey host)
            throws IOException {
        var signedKey =
                new DERSequence(
                        new ASN1Encodable[] {
                            new DEROctetString(host.publicKey().encoded()),
                            new DEROctetString(
                                    host.sign(PeerCertificate.signedByHost(certificateKey)))
                        });
        return new Extension(EXTENSION, false, signedKey.getEncoded());
    }

    private static byte[] encode(KeyPair pair, TBSCertificate tbs)
            throws GeneralSecurityException, IOException {
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(pair.getPrivate());
        signer.update(tbs.getEncoded());
        return new DERSequence(
                        new ASN1Encodable[] {tbs, ALGORITHM, new DERBitString(signer.sign())})
                .getEncoded();
    }

    @Override
    public String toString() {
        return "OwnCertificate[" + certificate.getSerialNumber() + "]";
    }
}

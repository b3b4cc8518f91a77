package org.flowshield.libp2p.security.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.flowshield.libp2p.crypto.PrivateKey;

/** Makes certificates that are right but for what the test asks for. */
final class CertificateForge {

    private static final String HOST_KEY = "1.3.6.1.4.1.53594.1.1";
    private static final AlgorithmIdentifier ALGORITHM =
            new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    private final PrivateKey host;
    private final KeyPair pair = newPair();
    private final List<Extension> others = new ArrayList<>();
    private X500Name name = new X500Name("CN=forged");
    private Instant from = Instant.parse("2000-01-01T00:00:00Z");
    private Instant to = Instant.parse("2100-01-01T00:00:00Z");
    private KeyPair signer = pair;
    private KeyPair signedByHost = pair;
    private boolean critical;
    private int hostKeys = 1;

    CertificateForge(PrivateKey host) {
        this.host = host;
    }

    CertificateForge unnamed() {
        name = X500Name.getInstance(new DERSequence());
        return this;
    }

    CertificateForge critical() {
        critical = true;
        return this;
    }

    CertificateForge extension(String oid, boolean isCritical) {
        others.add(new Extension(new ASN1ObjectIdentifier(oid), isCritical, new byte[] {5, 0}));
        return this;
    }

    CertificateForge withoutHostKey() {
        hostKeys = 0;
        return this;
    }

    CertificateForge twice() {
        hostKeys = 2;
        return this;
    }

    CertificateForge valid(Instant notBefore, Instant notAfter) {
        from = notBefore;
        to = notAfter;
        return this;
    }

    CertificateForge signedByAnother() {
        signer = newPair();
        return this;
    }

    CertificateForge hostSignedAnother() {
        signedByHost = newPair();
        return this;
    }

    /** The certificate and its key, to show in a handshake. */
    OwnCertificate own() throws GeneralSecurityException {
        return new OwnCertificate(
                pair.getPrivate(),
                (X509Certificate)
                        CertificateFactory.getInstance("X.509")
                                .generateCertificate(new ByteArrayInputStream(der())));
    }

    byte[] der() {
        try {
            DERSequence tbs = tbs();
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(signer.getPrivate());
            signature.update(tbs.getEncoded());
            return new DERSequence(
                            new ASN1Encodable[] {
                                tbs, ALGORITHM, new DERBitString(signature.sign())
                            })
                    .getEncoded();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private DERSequence tbs() throws IOException {
        List<ASN1Encodable> extensions = new ArrayList<>(others);
        for (int i = 0; i < hostKeys; i++) {
            extensions.add(hostKey());
        }
        var fields =
                new ArrayList<>(
                        List.of(
                                new DERTaggedObject(true, 0, new ASN1Integer(2)),
                                new ASN1Integer(1234567890),
                                ALGORITHM,
                                name,
                                new DERSequence(
                                        new ASN1Encodable[] {
                                            new Time(Date.from(from)), new Time(Date.from(to))
                                        }),
                                name,
                                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded())));
        if (!extensions.isEmpty()) {
            fields.add(
                    new DERTaggedObject(
                            true, 3, new DERSequence(extensions.toArray(ASN1Encodable[]::new))));
        }
        return new DERSequence(fields.toArray(ASN1Encodable[]::new));
    }

    private Extension hostKey() throws IOException {
        byte[] signed = PeerCertificate.signedByHost(signedByHost.getPublic().getEncoded());
        byte[] value =
                new DERSequence(
                                new ASN1Encodable[] {
                                    new DEROctetString(host.publicKey().encoded()),
                                    new DEROctetString(host.sign(signed))
                                })
                        .getEncoded();
        return new Extension(new ASN1ObjectIdentifier(HOST_KEY), critical, value);
    }

    private static KeyPair newPair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.flowshield.node.identity;

import static org.flowshield.node.identity.MalformedIdentityException.Reason;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.jspecify.annotations.Nullable;

/**
 * A node's own word on who it is: an X.509 certificate of hours that the node key has signed for
 * itself, with the names {@code spiffe://flowshield/PEER-ID} and {@code eip155:CHAIN:WALLET}
 * (SPIFFE-ID, CAIP-10). It says nothing before the registry was asked. Immutable; one that exists
 * has been checked for a connection.
 */
public final class IdentityCertificate {

    /** Bytes: ours have less than 600. */
    public static final int MAX_LENGTH = 2048;

    /** How long ours are valid: hours, so that a stolen one is soon worth nothing. */
    public static final Duration LIFETIME = Duration.ofHours(6);

    /** The most that is taken of others, who may have chosen otherwise. */
    public static final Duration MAX_LIFETIME = Duration.ofHours(24);

    /** Clocks of honest nodes differ by less. */
    static final Duration CLOCKS = Duration.ofMinutes(5);

    /** id-Ed25519 (RFC 8410), of keys and of signatures. */
    private static final AlgorithmIdentifier ED25519 =
            new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.101.112"));

    private static final String SERVER_AUTH = KeyPurposeId.id_kp_serverAuth.getId();

    /** Positive, of 62 bits, as the certificates of libp2p have. */
    private static final int SERIAL_BITS = 62;

    private static final int URI = GeneralName.uniformResourceIdentifier;
    private static final int X509_V3 = 3;
    private static final int NO_AUTHORITY = -1;

    /** What a certificate of ours has, all of it critical but the names' neighbours. */
    private static final Set<String> EXTENSIONS =
            Set.of(
                    Extension.basicConstraints.getId(),
                    Extension.keyUsage.getId(),
                    Extension.extendedKeyUsage.getId(),
                    Extension.subjectAlternativeName.getId());

    private final NodeId node;
    private final ChainId chain;
    private final Instant notAfter;
    private final byte[] encoded;

    private IdentityCertificate(NodeId node, ChainId chain, Instant notAfter, byte[] encoded) {
        this.node = node;
        this.chain = chain;
        this.notAfter = notAfter;
        this.encoded = encoded;
    }

    /** Makes one for a node whose wallet is on this chain. */
    public static IdentityCertificate issue(
            PrivateKey key, EvmAddress wallet, ChainId chain, SecureRandom random, Instant now) {
        NodeKey own = NodeKey.of(key.publicKey()).orElseThrow();
        Instant until = now.plus(LIFETIME);
        try {
            byte[] encoded =
                    new Draft(new NodeId(wallet, own), chain, now.minus(CLOCKS), until)
                            .sign(key, random);
            return new IdentityCertificate(new NodeId(wallet, own), chain, until, encoded);
        } catch (IOException e) {
            throw new IllegalStateException("what is in memory can be encoded", e);
        }
    }

    /** What is about to be signed. */
    record Draft(NodeId node, ChainId chain, Instant from, Instant until) {

        byte[] sign(PrivateKey key, SecureRandom random) throws IOException {
            return signed(generator(random), key);
        }

        V3TBSCertificateGenerator generator(SecureRandom random) throws IOException {
            X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, node.key().toString()).build();
            var generator = new V3TBSCertificateGenerator();
            generator.setSerialNumber(
                    new ASN1Integer(new BigInteger(SERIAL_BITS, random).setBit(0)));
            generator.setSignature(ED25519);
            generator.setIssuer(name);
            generator.setSubject(name);
            generator.setStartDate(new Time(Date.from(from)));
            generator.setEndDate(new Time(Date.from(until)));
            generator.setSubjectPublicKeyInfo(
                    new SubjectPublicKeyInfo(ED25519, node.key().bytes().bytes()));
            generator.setExtensions(
                    new Extensions(
                            new Extension[] {
                                extension(new BasicConstraints(false), Extension.basicConstraints),
                                extension(
                                        new KeyUsage(KeyUsage.digitalSignature),
                                        Extension.keyUsage),
                                extension(
                                        new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth),
                                        Extension.extendedKeyUsage),
                                extension(names(), Extension.subjectAlternativeName)
                            }));
            return generator;
        }

        private GeneralNames names() {
            return new GeneralNames(
                    new GeneralName[] {
                        new GeneralName(URI, spiffe(node.key())),
                        new GeneralName(URI, caip10(chain, node.wallet()))
                    });
        }
    }

    static Extension extension(ASN1Encodable value, ASN1ObjectIdentifier id) throws IOException {
        return Extension.create(id, true, value);
    }

    static byte[] signed(V3TBSCertificateGenerator generator, PrivateKey key) throws IOException {
        var tbs = generator.generateTBSCertificate();
        return encoded(tbs, key.sign(tbs.getEncoded()));
    }

    private static byte[] encoded(ASN1Encodable tbs, byte[] signature) throws IOException {
        return new DERSequence(new ASN1Encodable[] {tbs, ED25519, new DERBitString(signature)})
                .getEncoded();
    }

    static String spiffe(NodeKey key) {
        return "spiffe://flowshield/" + key;
    }

    static String caip10(ChainId chain, EvmAddress wallet) {
        return "eip155:" + chain.value() + ":" + wallet;
    }

    /**
     * Reads what the peer of a connection showed.
     *
     * @param connection whose key the handshake proved
     * @param chain that wallets are on
     */
    public static IdentityCertificate open(
            byte[] encoded, NodeKey connection, ChainId chain, Instant now)
            throws MalformedIdentityException {
        if (encoded.length > MAX_LENGTH) {
            throw new MalformedIdentityException(Reason.TOO_LONG);
        }
        X509Certificate certificate = parse(encoded);
        checkShape(certificate);
        checkTime(certificate, now);
        checkKey(certificate, connection);
        EvmAddress wallet = checkNames(certificate, connection, chain);
        return new IdentityCertificate(
                new NodeId(wallet, connection),
                chain,
                certificate.getNotAfter().toInstant(),
                encoded.clone());
    }

    private static X509Certificate parse(byte[] encoded) throws MalformedIdentityException {
        try {
            var in = new ByteArrayInputStream(encoded);
            X509Certificate certificate = generate(in);
            if (in.available() > 0 || !Arrays.equals(canonical(certificate), encoded)) {
                throw new MalformedIdentityException(Reason.NOT_X509);
            }
            return certificate;
        } catch (GeneralSecurityException | IOException e) {
            throw new MalformedIdentityException(Reason.NOT_X509);
        }
    }

    /**
     * The JDK's parser fails by an index where an Ed25519 key has no bytes (EdDSAPublicKeyImpl).
     */
    private static X509Certificate generate(ByteArrayInputStream in)
            throws GeneralSecurityException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IndexOutOfBoundsException e) {
            throw new CertificateException("a key without bytes", e);
        }
    }

    /**
     * The one way in which it can be written: the JDK's parser lets pass, for instance, bits of the
     * signature that are said to be unused.
     */
    private static byte[] canonical(X509Certificate certificate)
            throws GeneralSecurityException, IOException {
        return encoded(
                ASN1Primitive.fromByteArray(certificate.getTBSCertificate()),
                certificate.getSignature());
    }

    private static void checkShape(X509Certificate certificate) throws MalformedIdentityException {
        Set<String> extensions = new HashSet<>();
        addAll(extensions, certificate.getCriticalExtensionOIDs());
        addAll(extensions, certificate.getNonCriticalExtensionOIDs());
        boolean[] usage = certificate.getKeyUsage();
        if (certificate.getVersion() != X509_V3
                || !extensions.equals(EXTENSIONS)
                || certificate.getBasicConstraints() != NO_AUTHORITY
                || usage == null
                || !isSignatureOnly(usage)) {
            throw new MalformedIdentityException(Reason.WRONG_SHAPE);
        }
        try {
            if (!List.of(SERVER_AUTH).equals(certificate.getExtendedKeyUsage())) {
                throw new MalformedIdentityException(Reason.WRONG_USE);
            }
        } catch (GeneralSecurityException e) {
            throw new MalformedIdentityException(Reason.WRONG_USE);
        }
    }

    private static void addAll(Set<String> all, @Nullable Set<String> some) {
        if (some != null) all.addAll(some);
    }

    /** The first bit is digitalSignature (RFC 5280, 4.2.1.3). */
    private static boolean isSignatureOnly(boolean[] usage) {
        for (int i = 0; i < usage.length; i++) {
            if (usage[i] != (i == 0)) return false;
        }
        return true;
    }

    private static void checkTime(X509Certificate certificate, Instant now)
            throws MalformedIdentityException {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (from.isAfter(now.plus(CLOCKS))) {
            throw new MalformedIdentityException(Reason.NOT_YET_VALID);
        }
        if (!now.isBefore(until)) {
            throw new MalformedIdentityException(Reason.EXPIRED);
        }
        if (Duration.between(from, until).compareTo(MAX_LIFETIME.plus(CLOCKS)) > 0) {
            throw new MalformedIdentityException(Reason.TOO_LONG_LIVED);
        }
    }

    private static void checkKey(X509Certificate certificate, NodeKey connection)
            throws MalformedIdentityException {
        PublicKey key = certificate.getPublicKey();
        var info = SubjectPublicKeyInfo.getInstance(key.getEncoded());
        if (!info.getAlgorithm().equals(ED25519)) {
            throw new MalformedIdentityException(Reason.WRONG_SHAPE);
        }
        if (!Arrays.equals(info.getPublicKeyData().getOctets(), connection.bytes().bytes())) {
            throw new MalformedIdentityException(Reason.OTHER_NODE);
        }
        try {
            if (!certificate.getSigAlgOID().equals(ED25519.getAlgorithm().getId())
                    || !connection
                            .publicKey()
                            .verify(certificate.getTBSCertificate(), certificate.getSignature())) {
                throw new MalformedIdentityException(Reason.BAD_SIGNATURE);
            }
        } catch (GeneralSecurityException e) {
            throw new MalformedIdentityException(Reason.BAD_SIGNATURE);
        }
    }

    /** Exactly our two names, in their order; the second one's wallet. */
    private static EvmAddress checkNames(
            X509Certificate certificate, NodeKey connection, ChainId chain)
            throws MalformedIdentityException {
        String own = "CN=" + connection;
        if (!certificate.getSubjectX500Principal().getName().equals(own)
                || !certificate.getIssuerX500Principal().getName().equals(own)) {
            throw new MalformedIdentityException(Reason.WRONG_NAME);
        }
        List<String> uris = uris(certificate);
        if (uris.size() != 2 || !uris.getFirst().equals(spiffe(connection))) {
            throw new MalformedIdentityException(Reason.WRONG_NAME);
        }
        String[] account = uris.getLast().split(":", -1);
        if (account.length != 3 || !account[0].equals("eip155")) {
            throw new MalformedIdentityException(Reason.WRONG_NAME);
        }
        EvmAddress wallet;
        try {
            wallet = EvmAddress.parse(account[2]);
        } catch (MalformedAddressException e) {
            throw new MalformedIdentityException(Reason.WRONG_NAME);
        }
        if (!account[1].equals(Long.toString(chain.value()))) {
            throw new MalformedIdentityException(Reason.OTHER_CHAIN);
        }
        if (!uris.getLast().equals(caip10(chain, wallet))) {
            throw new MalformedIdentityException(Reason.WRONG_NAME);
        }
        return wallet;
    }

    private static List<String> uris(X509Certificate certificate)
            throws MalformedIdentityException {
        try {
            List<String> uris = new ArrayList<>();
            var names = certificate.getSubjectAlternativeNames();
            if (names == null) {
                return uris;
            }
            for (List<?> name : names) {
                if (!name.getFirst().equals(URI) || !(name.get(1) instanceof String text)) {
                    throw new MalformedIdentityException(Reason.WRONG_NAME);
                }
                uris.add(text);
            }
            return uris;
        } catch (GeneralSecurityException e) {
            throw new MalformedIdentityException(Reason.WRONG_NAME);
        }
    }

    /** Whom it names; the registry decides whether that is so. */
    public NodeId node() {
        return node;
    }

    public ChainId chain() {
        return chain;
    }

    /** When it is worth nothing any more. */
    public Instant notAfter() {
        return notAfter;
    }

    /** DER. */
    public byte[] encoded() {
        return encoded.clone();
    }

    @Override
    public String toString() {
        return "IdentityCertificate[" + node + ", chain " + chain + ", until " + notAfter + "]";
    }
}

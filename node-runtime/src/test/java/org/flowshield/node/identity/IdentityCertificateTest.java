package org.flowshield.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.node.identity.IdentityCertificate.Draft;
import org.flowshield.node.identity.MalformedIdentityException.Reason;
import org.junit.jupiter.api.Test;

/** What a node shows of itself is taken if it is its own word, for now and for this chain. */
final class IdentityCertificateTest {

    private static final Instant NOW = Instant.parse("2027-01-31T12:00:00Z");
    private static final ChainId CHAIN = new ChainId(31337);
    private static final int EACH = 1000;
    private static final int CERTIFICATES = 2;

    private final SecureRandom random = new SecureRandom();
    private final PrivateKey key = PrivateKey.generate(random);
    private final PrivateKey other = PrivateKey.generate(random);
    private final NodeKey own = NodeKey.of(key.publicKey()).orElseThrow();
    private final NodeKey foreign = NodeKey.of(other.publicKey()).orElseThrow();
    private final EvmAddress wallet = address();

    private static EvmAddress address() {
        try (SigningKey key = SigningKey.generate(new SecureRandom())) {
            return key.address();
        }
    }

    private IdentityCertificate issued() {
        return IdentityCertificate.issue(key, wallet, CHAIN, random, NOW);
    }

    private Reason refused(byte[] encoded, Instant at) {
        MalformedIdentityException refusal =
                catchThrowableOfType(
                        MalformedIdentityException.class,
                        () -> IdentityCertificate.open(encoded, own, CHAIN, at));
        assertThat(refusal).as("what was changed is refused").isNotNull();
        return refusal.reason();
    }

    private Draft draft() {
        return new Draft(new NodeId(wallet, own), CHAIN, NOW, NOW.plus(Duration.ofHours(1)));
    }

    private byte[] with(Extension... extensions) throws Exception {
        var generator = draft().generator(random);
        generator.setExtensions(new Extensions(extensions));
        return IdentityCertificate.signed(generator, key);
    }

    private static Extension constraints(boolean authority) throws Exception {
        return IdentityCertificate.extension(
                new BasicConstraints(authority), Extension.basicConstraints);
    }

    private static Extension usage(int bits) throws Exception {
        return IdentityCertificate.extension(new KeyUsage(bits), Extension.keyUsage);
    }

    private static Extension purpose(KeyPurposeId... purposes) throws Exception {
        return IdentityCertificate.extension(
                new ExtendedKeyUsage(purposes), Extension.extendedKeyUsage);
    }

    private static Extension names(String... uris) throws Exception {
        GeneralName[] names = new GeneralName[uris.length];
        for (int i = 0; i < uris.length; i++) {
            names[i] = new GeneralName(GeneralName.uniformResourceIdentifier, uris[i]);
        }
        return IdentityCertificate.extension(
                new GeneralNames(names), Extension.subjectAlternativeName);
    }

    private Extension ownNames() throws Exception {
        return names(IdentityCertificate.spiffe(own), IdentityCertificate.caip10(CHAIN, wallet));
    }

    @Test
    void a_nodes_own_word_is_taken_while_it_is_valid() throws Exception {
        IdentityCertificate issued = issued();
        for (Instant at :
                new Instant[] {NOW, NOW.plus(IdentityCertificate.LIFETIME).minusSeconds(1)}) {
            IdentityCertificate read = IdentityCertificate.open(issued.encoded(), own, CHAIN, at);
            assertThat(read.node()).isEqualTo(new NodeId(wallet, own));
            assertThat(read.notAfter()).isEqualTo(NOW.plus(IdentityCertificate.LIFETIME));
        }
        assertThat(issued.encoded().length).isLessThan(IdentityCertificate.MAX_LENGTH / 2);
    }

    @Test
    void it_is_worth_nothing_before_and_after() {
        byte[] encoded = issued().encoded();
        assertThat(refused(encoded, NOW.plus(IdentityCertificate.LIFETIME)))
                .isEqualTo(Reason.EXPIRED);
        assertThat(refused(encoded, NOW.minus(Duration.ofHours(1))))
                .isEqualTo(Reason.NOT_YET_VALID);
    }

    @Test
    void hours_are_the_most_that_it_may_be_valid() throws Exception {
        byte[] forYears =
                new Draft(new NodeId(wallet, own), CHAIN, NOW, NOW.plus(Duration.ofDays(365)))
                        .sign(key, random);
        assertThat(refused(forYears, NOW)).isEqualTo(Reason.TOO_LONG_LIVED);
    }

    @Test
    void each_forgery_of_a_thousand_is_refused_for_its_reason() throws Exception {
        Map<Reason, Callable<byte[]>> forgeries = new EnumMap<>(Reason.class);
        forgeries.put(
                Reason.OTHER_NODE,
                () -> IdentityCertificate.issue(other, address(), CHAIN, random, NOW).encoded());
        forgeries.put(Reason.BAD_SIGNATURE, () -> draft().sign(other, random));
        forgeries.put(
                Reason.OTHER_CHAIN,
                () ->
                        IdentityCertificate.issue(
                                        key,
                                        wallet,
                                        new ChainId(1 + random.nextInt(31_000)),
                                        random,
                                        NOW)
                                .encoded());
        forgeries.put(
                Reason.WRONG_USE,
                () ->
                        with(
                                constraints(false),
                                usage(KeyUsage.digitalSignature),
                                purpose(KeyPurposeId.id_kp_clientAuth),
                                ownNames()));
        forgeries.put(
                Reason.WRONG_NAME,
                () ->
                        with(
                                constraints(false),
                                usage(KeyUsage.digitalSignature),
                                purpose(KeyPurposeId.id_kp_serverAuth),
                                names(
                                        IdentityCertificate.spiffe(foreign),
                                        IdentityCertificate.caip10(CHAIN, address()))));
        forgeries.put(
                Reason.WRONG_SHAPE,
                () ->
                        with(
                                constraints(true),
                                usage(KeyUsage.digitalSignature),
                                purpose(KeyPurposeId.id_kp_serverAuth),
                                ownNames()));
        forgeries.put(
                Reason.TOO_LONG,
                () -> noise(IdentityCertificate.MAX_LENGTH + 1 + random.nextInt(10_000)));
        forgeries.put(Reason.NOT_X509, () -> noise(1 + random.nextInt(500)));
        forgeries.put(Reason.EXPIRED, () -> issuedAt(-hours(8)));
        forgeries.put(Reason.NOT_YET_VALID, () -> issuedAt(hours(1)));
        for (var forgery : forgeries.entrySet()) {
            int refused = 0;
            for (int i = 0; i < EACH; i++) {
                assertThat(refused(forgery.getValue().call(), NOW)).isEqualTo(forgery.getKey());
                refused++;
            }
            assertThat(refused).isEqualTo(EACH);
        }
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private static long hours(int hours) {
        return Duration.ofHours(hours).toSeconds();
    }

    /** By so much before or after now, and up to a year more. */
    private byte[] issuedAt(long secondsFromNow) {
        long more = random.nextInt((int) Duration.ofDays(365).toSeconds());
        long seconds = secondsFromNow < 0 ? secondsFromNow - more : secondsFromNow + more;
        return IdentityCertificate.issue(key, wallet, CHAIN, random, NOW.plusSeconds(seconds))
                .encoded();
    }

    @Test
    void shapes_that_only_look_like_ours_are_refused() throws Exception {
        Extension digital = usage(KeyUsage.digitalSignature);
        Extension server = purpose(KeyPurposeId.id_kp_serverAuth);
        assertThat(refused(with(constraints(false), digital, server), NOW))
                .isEqualTo(Reason.WRONG_SHAPE);
        assertThat(
                        refused(
                                with(
                                        constraints(false),
                                        usage(KeyUsage.digitalSignature | KeyUsage.keyCertSign),
                                        server,
                                        ownNames()),
                                NOW))
                .isEqualTo(Reason.WRONG_SHAPE);
        assertThat(
                        refused(
                                with(
                                        constraints(false),
                                        digital,
                                        purpose(
                                                KeyPurposeId.id_kp_serverAuth,
                                                KeyPurposeId.id_kp_codeSigning),
                                        ownNames()),
                                NOW))
                .isEqualTo(Reason.WRONG_USE);
        String spiffe = IdentityCertificate.spiffe(own);
        String account = IdentityCertificate.caip10(CHAIN, wallet);
        for (String[] uris :
                new String[][] {
                    {spiffe},
                    {account, spiffe},
                    {spiffe, account, account},
                    {spiffe, account.toUpperCase(Locale.ROOT)},
                    {spiffe, account.substring(0, account.length() - 1)},
                    {spiffe, "eip155:031337:" + wallet},
                    {spiffe, "https://example.org"}
                }) {
            assertThat(refused(with(constraints(false), digital, server, names(uris)), NOW))
                    .as(String.join(" ", uris))
                    .isIn(Reason.WRONG_NAME, Reason.OTHER_CHAIN);
        }
        var generator = draft().generator(random);
        generator.setSubject(new X500Name("CN=" + foreign));
        assertThat(refused(IdentityCertificate.signed(generator, key), NOW))
                .isEqualTo(Reason.WRONG_NAME);
    }

    /** Of several certificates, since what is let pass depends on the bits of a signature. */
    @Test
    void every_flipped_bit_and_every_cut_is_refused() {
        for (int i = 0; i < CERTIFICATES; i++) {
            byte[] honest = issued().encoded();
            for (int bit = 0; bit < honest.length * Byte.SIZE; bit++) {
                byte[] flipped = honest.clone();
                flipped[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
                assertThat(refused(flipped, NOW)).as("bit " + bit).isNotNull();
            }
            for (int length = 0; length < honest.length; length++) {
                assertThat(refused(Arrays.copyOf(honest, length), NOW)).isNotNull();
            }
            for (int more = 1; more < 10; more++) {
                assertThat(refused(Arrays.copyOf(honest, honest.length + more), NOW)).isNotNull();
            }
        }
    }

    @Test
    void a_holders_certificate_is_made_anew_in_time_and_when_the_clock_was_set() {
        Instant[] now = {NOW};
        CertificateHolder holder = new CertificateHolder(key, wallet, CHAIN, random, () -> now[0]);
        IdentityCertificate first = holder.get();
        now[0] = NOW.plus(Duration.ofHours(3));
        assertThat(holder.get()).isSameAs(first);
        now[0] = NOW.plus(Duration.ofHours(5));
        IdentityCertificate second = holder.get();
        assertThat(second.notAfter()).isEqualTo(now[0].plus(IdentityCertificate.LIFETIME));
        now[0] = NOW.minus(Duration.ofDays(1));
        assertThat(holder.get().notAfter()).isEqualTo(now[0].plus(IdentityCertificate.LIFETIME));
    }

    @Test
    void a_nodes_consent_is_to_one_wallet_of_one_registry() {
        var challenge = Keccak256.hash("this wallet");
        byte[] proof = BindingProof.sign(key, challenge);
        assertThat(BindingProof.holds(own, challenge, proof)).isTrue();
        assertThat(BindingProof.holds(foreign, challenge, proof)).isFalse();
        assertThat(BindingProof.holds(own, Keccak256.hash("another"), proof)).isFalse();
    }
}

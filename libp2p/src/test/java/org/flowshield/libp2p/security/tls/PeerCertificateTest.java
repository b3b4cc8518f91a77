package org.flowshield.libp2p.security.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.security.tls.MalformedCertificateException.Reason;
import org.junit.jupiter.api.Test;

/** The certificates of libp2p's TLS specification, and ones that must be refused. */
final class PeerCertificateTest {

    private static final String ED25519 =
            "308201ae30820156a0030201020204499602d2300a06082a8648ce3d04030230"
                    + "2031123010060355040a13096c69627032702e696f310a300806035504051301"
                    + "313020170d3735303130313133303030305a180f343039363031303131333030"
                    + "30305a302031123010060355040a13096c69627032702e696f310a3008060355"
                    + "04051301313059301306072a8648ce3d020106082a8648ce3d03010703420004"
                    + "0c901d423c831ca85e27c73c263ba132721bb9d7a84c4f0380b2a6756fd60133"
                    + "1c8870234dec878504c174144fa4b14b66a651691606d8173e55bd37e381569e"
                    + "a37c307a3078060a2b0601040183a25a0101046a3068042408011220a77f1d92"
                    + "fedb59dddaea5a1c4abd1ac2fbde7d7b879ed364501809923d7c11b90440d90d"
                    + "2769db992d5e6195dbb08e706b6651e024fda6cfb8846694a435519941cac215"
                    + "a8207792e42849cccc6cd8136c6e4bde92a58c5e08cfd4206eb5fe0bf909300a"
                    + "06082a8648ce3d0403020346003043021f50f6b6c52711a881778718238f650c"
                    + "9fb48943ae6ee6d28427dc6071ae55e702203625f116a7a454db9c56986c82a2"
                    + "5682f7248ea1cb764d322ea983ed36a31b77";

    private static final String ECDSA =
            "308201f63082019da0030201020204499602d2300a06082a8648ce3d04030230"
                    + "2031123010060355040a13096c69627032702e696f310a300806035504051301"
                    + "313020170d3735303130313133303030305a180f343039363031303131333030"
                    + "30305a302031123010060355040a13096c69627032702e696f310a3008060355"
                    + "04051301313059301306072a8648ce3d020106082a8648ce3d03010703420004"
                    + "0c901d423c831ca85e27c73c263ba132721bb9d7a84c4f0380b2a6756fd60133"
                    + "1c8870234dec878504c174144fa4b14b66a651691606d8173e55bd37e381569e"
                    + "a381c23081bf3081bc060a2b0601040183a25a01010481ad3081aa045f080312"
                    + "5b3059301306072a8648ce3d020106082a8648ce3d03010703420004bf30511f"
                    + "909414ebdd3242178fd290f093a551cf75c973155de0bb5a96fedf6cb5d52da7"
                    + "563e794b512f66e60c7f55ba8a3acf3dd72a801980d205e8a1ad29f204473045"
                    + "0220064ea8124774caf8f50e57f436aa62350ce652418c019df5d98a3ac666c9"
                    + "386a022100aa59d704a931b5f72fb9222cb6cc51f954d04a4e2e5450f8805fe8"
                    + "918f71eaae300a06082a8648ce3d04030203470030440220799395b0b6c1e940"
                    + "a7e4484705f610ab51ed376f19ff9d7c16757cfbf61b8d4302206205c03fbb0f"
                    + "95205c779be86581d3e31c01871ad5d1f3435bcf375cb0e5088a";

    private static final String SECP256K1 =
            "308201ba3082015fa0030201020204499602d2300a06082a8648ce3d04030230"
                    + "2031123010060355040a13096c69627032702e696f310a300806035504051301"
                    + "313020170d3735303130313133303030305a180f343039363031303131333030"
                    + "30305a302031123010060355040a13096c69627032702e696f310a3008060355"
                    + "04051301313059301306072a8648ce3d020106082a8648ce3d03010703420004"
                    + "0c901d423c831ca85e27c73c263ba132721bb9d7a84c4f0380b2a6756fd60133"
                    + "1c8870234dec878504c174144fa4b14b66a651691606d8173e55bd37e381569e"
                    + "a38184308181307f060a2b0601040183a25a01010471306f0425080212210206"
                    + "dc6968726765b820f050263ececf7f71e4955892776c0970542efd689d238204"
                    + "4630440220145e15a991961f0d08cd15425bb95ec93f6ffa03c5a385eedc34ec"
                    + "f464c7a8ab022026b3109b8a3f40ef833169777eb2aa337cfb6282f188de0666"
                    + "d1bcec2a4690dd300a06082a8648ce3d0403020349003046022100e1a217eeef"
                    + "9ec9204b3f774a08b70849646b6a1e6b8b27f93dc00ed58545d9fe022100b00d"
                    + "afa549d0f03547878338c7b15e7502888f6d45db387e5ae6b5d46899cef0";

    private static final String WRONG_SIGNATURE =
            "308201f73082019da0030201020204499602d2300a06082a8648ce3d04030230"
                    + "2031123010060355040a13096c69627032702e696f310a300806035504051301"
                    + "313020170d3735303130313133303030305a180f343039363031303131333030"
                    + "30305a302031123010060355040a13096c69627032702e696f310a3008060355"
                    + "04051301313059301306072a8648ce3d020106082a8648ce3d03010703420004"
                    + "0c901d423c831ca85e27c73c263ba132721bb9d7a84c4f0380b2a6756fd60133"
                    + "1c8870234dec878504c174144fa4b14b66a651691606d8173e55bd37e381569e"
                    + "a381c23081bf3081bc060a2b0601040183a25a01010481ad3081aa045f080312"
                    + "5b3059301306072a8648ce3d020106082a8648ce3d03010703420004bf30511f"
                    + "909414ebdd3242178fd290f093a551cf75c973155de0bb5a96fedf6cb5d52da7"
                    + "563e794b512f66e60c7f55ba8a3acf3dd72a801980d205e8a1ad29f204473045"
                    + "022100bb6e03577b7cc7a3cd1558df0da2b117dfdcc0399bc2504ebe7de6f65c"
                    + "ade72802206de96e2a5be9b6202adba24ee0362e490641ac45c240db71fe955f"
                    + "2c5cf8df6e300a06082a8648ce3d0403020348003045022100e847f267f43717"
                    + "358f850355bdcabbefb2cfbf8a3c043b203a14788a092fe8db022027c1d04a2d"
                    + "41fd6b57a7e8b3989e470325de4406e52e084e34a3fd56eef0d0df";

    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PrivateKey host = PrivateKey.generate(RANDOM);

    @Test
    void accepts_an_ed25519_host_key() throws Exception {
        assertThat(peer(ED25519)).isEqualTo("12D3KooWM6CgA9iBFZmcYAHA6A2qvbAxqfkmrYiRQuz3XEsk4Ksv");
    }

    @Test
    void accepts_an_ecdsa_host_key() throws Exception {
        assertThat(peer(ECDSA)).isEqualTo("QmfXbAwNjJLXfesgztEHe8HwgVDCMMpZ9Eax1HYq6hn9uE");
    }

    @Test
    void accepts_a_secp256k1_host_key() throws Exception {
        assertThat(peer(SECP256K1))
                .isEqualTo("16Uiu2HAkutTMoTzDw1tCvSRtu6YoixJwS46S1ZFxW8hSx9fWHiPs");
    }

    @Test
    void refuses_the_vector_whose_host_signature_is_wrong() {
        refuses(Reason.BAD_HOST_SIGNATURE, HexFormat.of().parseHex(WRONG_SIGNATURE));
    }

    @Test
    void accepts_our_own_certificate() throws Exception {
        OwnCertificate own = OwnCertificate.create(host, RANDOM, NOW);

        assertThat(PeerCertificate.parse(own.certificate().getEncoded(), NOW).hostKey())
                .isEqualTo(host.publicKey());
    }

    @Test
    void our_own_certificate_has_the_extension_and_no_other() {
        var own = OwnCertificate.create(host, RANDOM, NOW).certificate();

        assertThat(own.getNonCriticalExtensionOIDs()).containsExactly("1.3.6.1.4.1.53594.1.1");
        assertThat(own.getCriticalExtensionOIDs()).isNullOrEmpty();
    }

    @Test
    void accepts_empty_names_and_a_critical_extension() throws Exception {
        byte[] likeRust = new CertificateForge(host).unnamed().critical().der();

        assertThat(PeerCertificate.parse(likeRust, NOW).hostKey()).isEqualTo(host.publicKey());
    }

    @Test
    void ignores_an_unknown_extension_that_is_not_critical() throws Exception {
        byte[] der = new CertificateForge(host).extension("1.2.3.4", false).der();

        assertThat(PeerCertificate.parse(der, NOW).hostKey()).isEqualTo(host.publicKey());
    }

    @Test
    void refuses_an_unknown_critical_extension() {
        refuses(
                Reason.UNKNOWN_CRITICAL_EXTENSION,
                new CertificateForge(host).extension("1.2.3.4", true).der());
    }

    @Test
    void refuses_a_certificate_without_the_extension() {
        refuses(Reason.NO_HOST_KEY, new CertificateForge(host).withoutHostKey().der());
        refuses(
                Reason.NO_HOST_KEY,
                new CertificateForge(host).withoutHostKey().extension("1.2.3.4", false).der());
    }

    @Test
    void refuses_a_second_host_key() {
        refuses(Reason.BAD_HOST_KEY, new CertificateForge(host).twice().der());
    }

    @Test
    void refuses_one_that_is_not_yet_valid() {
        refuses(
                Reason.NOT_YET_VALID,
                new CertificateForge(host).valid(NOW.plusSeconds(1), NOW.plusSeconds(60)).der());
    }

    @Test
    void refuses_one_that_has_expired() {
        refuses(
                Reason.EXPIRED,
                new CertificateForge(host).valid(NOW.minusSeconds(60), NOW.minusSeconds(1)).der());
    }

    @Test
    void refuses_one_signed_by_another_key() {
        refuses(Reason.BAD_SELF_SIGNATURE, new CertificateForge(host).signedByAnother().der());
    }

    @Test
    void refuses_a_host_signature_over_another_certificate_key() {
        refuses(Reason.BAD_HOST_SIGNATURE, new CertificateForge(host).hostSignedAnother().der());
    }

    @Test
    void refuses_every_truncation() throws Exception {
        byte[] whole = HexFormat.of().parseHex(ED25519);
        for (int length = 0; length < whole.length; length++) {
            refuses(Reason.BAD_ENCODING, Arrays.copyOf(whole, length));
        }
    }

    @Test
    void refuses_bytes_behind_the_certificate() {
        byte[] whole = HexFormat.of().parseHex(ED25519);

        refuses(Reason.BAD_ENCODING, Arrays.copyOf(whole, whole.length + 1));
    }

    @Test
    void refuses_every_changed_byte() {
        byte[] whole = HexFormat.of().parseHex(ED25519);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> PeerCertificate.parse(changed, NOW))
                    .as("byte %d", at)
                    .isInstanceOf(MalformedCertificateException.class);
        }
    }

    @Test
    void refuses_one_beyond_the_limit() {
        refuses(Reason.TOO_LONG, new byte[PeerCertificate.MAX_LENGTH + 1]);
    }

    private static String peer(String der) throws Exception {
        return PeerId.of(PeerCertificate.parse(HexFormat.of().parseHex(der), NOW).hostKey())
                .toString();
    }

    private static void refuses(Reason reason, byte[] der) {
        assertThatThrownBy(() -> PeerCertificate.parse(der, NOW))
                .isInstanceOfSatisfying(
                        MalformedCertificateException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }
}

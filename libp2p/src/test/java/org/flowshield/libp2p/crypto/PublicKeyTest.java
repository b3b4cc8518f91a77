package org.flowshield.libp2p.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.flowshield.libp2p.Vectors;
import org.flowshield.libp2p.crypto.MalformedKeyException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class PublicKeyTest {

    private static final byte[] MESSAGE = "hello".getBytes(StandardCharsets.UTF_8);

    /** The private half of the peer-id specification's Secp256k1 key. */
    private static final BigInteger SPEC_SECP256K1 =
            new BigInteger("53DADF1D5A164D6B4ACDB15E24AA4C5B1D3461BDBD42ABEDB0A4404D56CED8FB", 16);

    static Stream<JsonNode> specKeys() {
        return Vectors.list("specKeyPeerIds");
    }

    @ParameterizedTest
    @MethodSource("specKeys")
    void reads_back_the_specifications_keys(JsonNode vector) throws Exception {
        byte[] encoded = Vectors.hex(vector.get("publicProto"));
        PublicKey key = PublicKey.parse(encoded);
        assertThat(key.encoded()).isEqualTo(encoded);
        assertThat(key.type().toString()).isEqualToIgnoringCase(vector.get("type").asString());
        assertThat(PublicKey.parse(encoded)).isEqualTo(key).hasSameHashCodeAs(key);
    }

    @Test
    void verifies_the_vectors_signature_and_no_other() throws Exception {
        PublicKey alice =
                PublicKey.parse(Vectors.hex(Vectors.identity("alice").get("publicProto")));
        PublicKey bob = PublicKey.parse(Vectors.hex(Vectors.identity("bob").get("publicProto")));
        byte[] signature = Vectors.hex(Vectors.section("signature").get("ed25519"));
        assertThat(alice.verify(MESSAGE, signature)).isTrue();
        assertRefusesTampering(alice, signature);
        assertThat(bob.verify(MESSAGE, signature)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void verifies_ecdsa(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        KeyPair pair = generator.generateKeyPair();
        PublicKey key = new PublicKey(KeyType.ECDSA, pair.getPublic().getEncoded());
        byte[] signature = sign("SHA256withECDSA", pair);
        assertThat(key.verify(MESSAGE, signature)).isTrue();
        assertRefusesTampering(key, signature);
        assertThat(PublicKey.parse(key.encoded())).isEqualTo(key);
    }

    @Test
    void verifies_rsa() throws Exception {
        KeyPair pair = rsaPair(2048);
        PublicKey key = new PublicKey(KeyType.RSA, pair.getPublic().getEncoded());
        byte[] signature = sign("SHA256withRSA", pair);
        assertThat(key.verify(MESSAGE, signature)).isTrue();
        assertRefusesTampering(key, signature);
        assertThat(PublicKey.parse(key.encoded())).isEqualTo(key);
    }

    @Test
    void verifies_secp256k1() throws Exception {
        PublicKey key =
                PublicKey.parse(
                        HexFormat.of()
                                .parseHex(
                                        "08021221037777e994e452c21604f91de093ce415f5432f701dd8cd1a7a6fea0e630bfca99"));
        ECDomainParameters domain =
                new ECDomainParameters(CustomNamedCurves.getByName("secp256k1"));
        ECDSASigner signer = new ECDSASigner();
        signer.init(true, new ECPrivateKeyParameters(SPEC_SECP256K1, domain));
        BigInteger[] rs =
                signer.generateSignature(
                        java.security.MessageDigest.getInstance("SHA-256").digest(MESSAGE));
        byte[] signature = StandardDSAEncoding.INSTANCE.encode(domain.getN(), rs[0], rs[1]);
        assertThat(key.verify(MESSAGE, signature)).isTrue();
        assertRefusesTampering(key, signature);
    }

    @ParameterizedTest
    @CsvSource({
        // nothing, only a type, an unfinished length
        "'', BAD_ENCODING",
        "0801, BAD_ENCODING",
        "08011280, BAD_ENCODING",
        // fields in the wrong order, a longer varint than needed, an extra field, trailing bytes
        "12201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e0801, BAD_ENCODING",
        "08810012201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e, BAD_ENCODING",
        "080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e1800, BAD_ENCODING",
        "080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce2, BAD_ENCODING",
        // a length that no machine has
        "080112ffffffffffffffff7f, BAD_ENCODING",
        "08041200, UNKNOWN_TYPE",
        "08ffffffffffffffff7f1200, UNKNOWN_TYPE",
        "08011200, BAD_LENGTH",
        "0801120100, BAD_LENGTH",
        "080212020203, BAD_LENGTH",
        // x has no point on the curve; no compressed point at all
        "08021221020000000000000000000000000000000000000000000000000000000000000005, NOT_A_KEY",
        "08021221057777e994e452c21604f91de093ce415f5432f701dd8cd1a7a6fea0e630bfca99, NOT_A_KEY",
        "08001203300100, NOT_A_KEY",
        "08031203300100, NOT_A_KEY"
    })
    void refuses_what_is_no_key_in_its_one_encoding(String hex, Reason reason) {
        assertMalformed(HexFormat.of().parseHex(hex), reason);
    }

    @Test
    void refuses_a_key_longer_than_any() {
        assertMalformed(
                KeyEncoding.encode(KeyType.RSA, new byte[KeyEncoding.MAX_LENGTH]),
                Reason.BAD_LENGTH);
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 2047, 8193})
    void refuses_rsa_keys_outside_the_bounds(int bits) throws Exception {
        assertMalformed(
                rsaKey(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE), 65537),
                Reason.OUT_OF_BOUNDS);
    }

    @Test
    void takes_the_longest_rsa_key() throws Exception {
        byte[] encoded = rsaKey(BigInteger.ONE.shiftLeft(8192).subtract(BigInteger.ONE), 65537);
        assertThat(PublicKey.parse(encoded).encoded()).isEqualTo(encoded);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 1L << 31 | 1})
    void refuses_rsa_exponents_that_are_broken_or_slow(long exponent) throws Exception {
        assertMalformed(
                rsaKey(BigInteger.ONE.shiftLeft(2048).subtract(BigInteger.ONE), exponent),
                Reason.OUT_OF_BOUNDS);
    }

    @Test
    void is_not_changed_through_the_arrays_it_gives_or_takes() {
        byte[] data = new byte[32];
        PublicKey key = new PublicKey(KeyType.ED25519, data);
        data[0] = 1;
        key.data()[1] = 1;
        key.encoded()[4] = 1;
        assertThat(key).isEqualTo(new PublicKey(KeyType.ED25519, new byte[32]));
    }

    private static void assertRefusesTampering(PublicKey key, byte[] signature) {
        byte[] other = signature.clone();
        other[other.length / 2] ^= 1;
        assertThat(key.verify(MESSAGE, other)).isFalse();
        assertThat(key.verify(new byte[] {1}, signature)).isFalse();
        assertThat(key.verify(MESSAGE, Arrays.copyOf(signature, signature.length - 1))).isFalse();
        assertThat(key.verify(MESSAGE, new byte[0])).isFalse();
    }

    private static void assertMalformed(byte[] encoded, Reason reason) {
        assertThatThrownBy(() -> PublicKey.parse(encoded))
                .isInstanceOfSatisfying(
                        MalformedKeyException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static KeyPair rsaPair(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static byte[] rsaKey(BigInteger modulus, long exponent) throws Exception {
        RSAPublicKeySpec spec = new RSAPublicKeySpec(modulus, BigInteger.valueOf(exponent));
        return KeyEncoding.encode(
                KeyType.RSA, KeyFactory.getInstance("RSA").generatePublic(spec).getEncoded());
    }

    private static byte[] sign(String algorithm, KeyPair pair) throws Exception {
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(pair.getPrivate());
        signer.update(MESSAGE);
        return signer.sign();
    }
}

package org.flowshield.libp2p.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.flowshield.libp2p.Vectors;
import org.flowshield.libp2p.crypto.MalformedKeyException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class PrivateKeyTest {

    private static final byte[] MESSAGE = "hello".getBytes(StandardCharsets.UTF_8);

    static Stream<JsonNode> identities() {
        return Vectors.list("identities");
    }

    @ParameterizedTest
    @MethodSource("identities")
    void reads_back_the_vectors_keys(JsonNode identity) throws Exception {
        byte[] encoded = Vectors.hex(identity.get("privateProto"));
        try (PrivateKey key = PrivateKey.parse(encoded)) {
            assertThat(key.encode()).isEqualTo(encoded);
            assertThat(key.publicKey().encoded())
                    .isEqualTo(Vectors.hex(identity.get("publicProto")));
            assertThat(key.publicKey().data()).isEqualTo(Vectors.hex(identity.get("publicRaw")));
        }
    }

    @Test
    void signs_as_the_vector_has_it() throws Exception {
        try (PrivateKey alice = alice()) {
            assertThat(alice.sign(MESSAGE))
                    .isEqualTo(Vectors.hex(Vectors.section("signature").get("ed25519")));
        }
    }

    @Test
    void takes_the_older_form_with_the_public_key_twice() throws Exception {
        try (PrivateKey alice = alice();
                PrivateKey old =
                        PrivateKey.parse(KeyEncoding.encode(KeyType.ED25519, doubled(alice)))) {
            assertThat(old.encode()).isEqualTo(alice.encode());
        }
    }

    @Test
    void refuses_public_halves_that_are_not_its_own() throws Exception {
        try (PrivateKey alice = alice()) {
            for (int wrong : new int[] {40, 80}) {
                byte[] data = doubled(alice);
                data[wrong] ^= 1;
                assertMalformed(KeyEncoding.encode(KeyType.ED25519, data), Reason.HALVES_DIFFER);
            }
        }
    }

    @Test
    void refuses_other_types_and_lengths() {
        // The peer-id specification's Secp256k1 key.
        assertMalformed(
                HexFormat.of()
                        .parseHex(
                                "0802122053DADF1D5A164D6B4ACDB15E24AA4C5B1D3461BDBD42ABEDB0A4404D56CED8FB"),
                Reason.OUT_OF_BOUNDS);
        assertMalformed(KeyEncoding.encode(KeyType.ED25519, new byte[32]), Reason.BAD_LENGTH);
        assertMalformed(new byte[] {1, 2, 3}, Reason.BAD_ENCODING);
    }

    @Test
    void makes_keys_that_verify_what_they_sign() {
        try (PrivateKey key = PrivateKey.generate(new SecureRandom());
                PrivateKey other = PrivateKey.generate(new SecureRandom())) {
            byte[] signature = key.sign(MESSAGE);
            assertThat(key.publicKey().verify(MESSAGE, signature)).isTrue();
            assertThat(other.publicKey().verify(MESSAGE, signature)).isFalse();
        }
    }

    @Test
    void is_useless_after_close() throws Exception {
        PrivateKey key = alice();
        key.close();
        key.close();
        assertThatThrownBy(() -> key.sign(MESSAGE)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(key::encode).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void does_not_print_its_secret() throws Exception {
        try (PrivateKey key = alice()) {
            byte[] seed = Arrays.copyOfRange(key.encode(), 4, 36);
            assertThat(key.toString()).doesNotContain(HexFormat.of().formatHex(seed, 0, 4));
        }
    }

    private static PrivateKey alice() throws MalformedKeyException {
        return PrivateKey.parse(Vectors.hex(Vectors.identity("alice").get("privateProto")));
    }

    private static byte[] doubled(PrivateKey key) {
        byte[] data = Arrays.copyOfRange(key.encode(), 4, 4 + 96);
        System.arraycopy(data, 32, data, 64, 32);
        return data;
    }

    private static void assertMalformed(byte[] encoded, Reason reason) {
        assertThatThrownBy(() -> PrivateKey.parse(encoded))
                .isInstanceOfSatisfying(
                        MalformedKeyException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}

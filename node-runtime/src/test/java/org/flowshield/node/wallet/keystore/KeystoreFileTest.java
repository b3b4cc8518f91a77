package org.flowshield.node.wallet.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.node.wallet.keystore.MalformedKeystoreException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class KeystoreFileTest {

    private static final ScryptCost LIGHT = new ScryptCost(16, 8, 1);

    private static final SecureRandom RANDOM = new SecureRandom();

    static Stream<JsonNode> vectors() throws IOException {
        try (InputStream in = KeystoreFileTest.class.getResourceAsStream("vectors.json")) {
            JsonNode all = JsonMapper.shared().readTree(Objects.requireNonNull(in));
            return StreamSupport.stream(all.spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void opens_the_files_of_the_definition_and_of_geth(JsonNode vector) throws Exception {
        KeystoreFile file = KeystoreFile.parse(bytes(vector.get("json")));
        try (Password password = password(vector.get("password").stringValue());
                SigningKey key = open(file, password)) {
            if (vector.has("key")) {
                assertThat(HexFormat.of().formatHex(key.encode()))
                        .isEqualTo(vector.get("key").stringValue());
            }
            if (vector.has("address")) {
                assertThat(key.address()).hasToString(vector.get("address").stringValue());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void what_was_read_is_written_as_it_was(JsonNode vector) throws Exception {
        byte[] written = KeystoreFile.parse(bytes(vector.get("json"))).encode();
        assertThat(JsonMapper.shared().readTree(written)).isEqualTo(vector.get("json"));
    }

    /**
     * The definition's own example of scrypt has an n that RFC 7914 does not allow with its r, so
     * that no such file is opened; but it tells which key comes out, and the rest is checked.
     */
    @Test
    void what_follows_the_derivation_is_that_of_the_definition() throws Exception {
        EncryptedSecret secret =
                new EncryptedSecret(
                        new Scrypt(LIGHT, new byte[32]),
                        hex("83dbcc02d8ccb40e466191a123791e0e"),
                        hex("d172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c"),
                        hex("2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097"));
        try (DerivedKey derived =
                DerivedKey.of(
                        hex("fac192ceb5fd772906bea3e118a69e8bbb5cc24229e20d8766fd298291bba6bd"))) {
            assertThat(secret.open(derived))
                    .isEqualTo(
                            hex(
                                    "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d"));
        }
    }

    /** RFC 7914, section 12, the last but one. */
    @Test
    void scrypt_is_that_of_its_rfc() {
        Scrypt scrypt =
                new Scrypt(
                        new ScryptCost(1 << 14, 8, 1),
                        "SodiumChloride".getBytes(StandardCharsets.US_ASCII));
        try (Password password = password("pleaseletmein");
                DerivedKey derived = scrypt.derive(password)) {
            assertThat(derived.bytes())
                    .isEqualTo(
                            hex(
                                    "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void a_derivation_comes_out_as_it_went_in(JsonNode vector) throws Exception {
        Kdf kdf = KeystoreFile.parse(bytes(vector.get("json"))).secret().kdf();
        assertThat(Kdf.parse(kdf.encode())).isEqualTo(kdf);
    }

    @Test
    void opens_what_it_wrote() throws Exception {
        try (SigningKey key = SigningKey.generate(RANDOM);
                Password password = password("p\u00e4ssw\u00f6rd \u4e2d\ud83d\ude00");
                SigningKey opened =
                        open(KeystoreFile.parse(seal(key, password).encode()), password)) {
            assertThat(opened.encode()).isEqualTo(key.encode());
        }
    }

    @Test
    void two_files_of_one_key_have_nothing_in_common() throws Exception {
        try (SigningKey key = SigningKey.generate(RANDOM);
                Password password = password("the password")) {
            KeystoreFile one = seal(key, password);
            KeystoreFile other = seal(key, password);
            assertThat(one.secret().iv()).isNotEqualTo(other.secret().iv());
            assertThat(one.secret().ciphertext()).isNotEqualTo(other.secret().ciphertext());
            assertThat(one.id()).isNotEqualTo(other.id());
        }
    }

    @Test
    void a_wrong_password_opens_nothing() throws Exception {
        try (SigningKey key = SigningKey.generate(RANDOM);
                Password password = password("the password");
                Password wrong = password("the passwore")) {
            KeystoreFile file = seal(key, password);
            assertThatExceptionOfType(WrongPasswordException.class)
                    .isThrownBy(() -> open(file, wrong))
                    .withMessage("the password is wrong");
        }
    }

    @Test
    void a_changed_byte_is_noticed() throws Exception {
        try (SigningKey key = SigningKey.generate(RANDOM);
                Password password = password("the password")) {
            EncryptedSecret secret = seal(key, password).secret();
            byte[] ciphertext = secret.ciphertext();
            ciphertext[0] ^= 1;
            KeystoreFile changed =
                    new KeystoreFile(
                            new java.util.UUID(1, 2),
                            key.address(),
                            new EncryptedSecret(
                                    secret.kdf(), secret.iv(), ciphertext, secret.mac()));
            assertThatExceptionOfType(WrongPasswordException.class)
                    .isThrownBy(() -> open(changed, password));
        }
    }

    @Test
    void a_changed_iv_which_the_format_does_not_authenticate_is_noticed_by_the_address()
            throws Exception {
        try (SigningKey key = SigningKey.generate(RANDOM);
                Password password = password("the password")) {
            EncryptedSecret secret = seal(key, password).secret();
            byte[] iv = secret.iv();
            iv[15] ^= 1;
            KeystoreFile changed =
                    new KeystoreFile(
                            new java.util.UUID(1, 2),
                            key.address(),
                            new EncryptedSecret(
                                    secret.kdf(), iv, secret.ciphertext(), secret.mac()));
            assertThatExceptionOfType(MalformedKeystoreException.class)
                    .isThrownBy(() -> open(changed, password))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.CONTENT));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\":3|\"version\":1|VERSION",
                "\"version\":3|\"version\":\"3\"|FIELD_INVALID",
                "aes-128-ctr|aes-128-cbc|CIPHER",
                "\"scrypt\"|\"argon2id\"|KDF",
                "\"n\":8|\"n\":9|KDF_PARAMETERS",
                "\"n\":8|\"n\":0|KDF_PARAMETERS",
                "\"n\":8|\"n\":-8|KDF_PARAMETERS",
                "\"n\":8|\"n\":1073741824|KDF_PARAMETERS",
                "\"n\":8|\"n\":99999999999999|FIELD_INVALID",
                "\"n\":8|\"n\":8.0|FIELD_INVALID",
                "\"p\":16|\"p\":2147483647|KDF_PARAMETERS",
                "\"r\":8|\"r\":2147483647|KDF_PARAMETERS",
                "\"dklen\":32|\"dklen\":64|FIELD_INVALID",
                "\"kdfparams\"|\"kdfparam\"|FIELD_MISSING",
                "\"mac\":\"ba|\"mac\":\"zz|FIELD_INVALID",
                "\"mac\":\"ba|\"mac\":\"|FIELD_INVALID",
                "\"iv\":\"df|\"iv\":\"dfdf|FIELD_INVALID",
                "f466859ead|f466859eaf00|FIELD_INVALID",
                "472e8b3d-|472e8b3d|FIELD_INVALID",
                "\"version\":3|\"version\":3,\"version\":3|NOT_JSON",
            })
    void refuses_what_it_does_not_understand(String part, String instead, Reason reason)
            throws Exception {
        String good = vectors().toList().getLast().get("json").toString();
        assertThat(good).contains(part);
        assertThatExceptionOfType(MalformedKeystoreException.class)
                .isThrownBy(
                        () ->
                                KeystoreFile.parse(
                                        good.replace(part, instead)
                                                .getBytes(StandardCharsets.UTF_8)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "3", "null", "{", "{}", "\u0000", "[[[[[[[[[[[[[[[[["})
    void refuses_what_is_no_keystore(String content) {
        assertThatExceptionOfType(MalformedKeystoreException.class)
                .isThrownBy(() -> KeystoreFile.parse(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refuses_what_is_too_large() {
        byte[] large = new byte[CryptoJson.MAX_FILE + 1];
        Arrays.fill(large, (byte) ' ');
        assertThatExceptionOfType(MalformedKeystoreException.class)
                .isThrownBy(() -> KeystoreFile.parse(large))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    }

    @Test
    void reads_the_capital_that_old_wallets_wrote() throws Exception {
        String old =
                vectors().toList().getLast().get("json").toString().replace("crypto", "Crypto");
        assertThat(KeystoreFile.parse(old.getBytes(StandardCharsets.UTF_8)).address()).isNotNull();
    }

    @Test
    void has_the_name_that_geth_gives() throws Exception {
        assertThat(
                        KeystoreFile.fileName(
                                Instant.parse("2026-03-22T12:57:55.920751759Z"),
                                EvmAddress.parse("0x7EF5A6135f1FD6a02593eEdC869c6D41D934aef8")))
                .isEqualTo(
                        "UTC--2026-03-22T12-57-55.920751759Z--7ef5a6135f1fd6a02593eedc869c6d41d934aef8");
    }

    @Test
    void knows_how_strong_a_derivation_is() {
        byte[] salt = new byte[32];
        assertThat(new Scrypt(ScryptCost.STANDARD, salt).isAtLeast(ScryptCost.STANDARD)).isTrue();
        // The same time, half of the memory.
        assertThat(new Scrypt(new ScryptCost(1 << 18, 4, 2), salt).isAtLeast(ScryptCost.STANDARD))
                .isFalse();
        // What geth writes with --lightkdf.
        assertThat(new Scrypt(new ScryptCost(1 << 12, 8, 6), salt).isAtLeast(ScryptCost.STANDARD))
                .isFalse();
        assertThat(new Pbkdf2(Pbkdf2.MAX_ITERATIONS, salt).isAtLeast(ScryptCost.STANDARD))
                .isFalse();
    }

    private static KeystoreFile seal(SigningKey key, Password password) {
        Kdf kdf = Scrypt.fresh(LIGHT, RANDOM);
        try (DerivedKey derived = kdf.derive(password)) {
            return KeystoreFile.seal(key, kdf, derived, RANDOM);
        }
    }

    private static SigningKey open(KeystoreFile file, Password password)
            throws WrongPasswordException, MalformedKeystoreException {
        try (DerivedKey derived = file.secret().kdf().derive(password)) {
            return file.open(derived);
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static Password password(String text) {
        return Password.of(text.toCharArray());
    }

    private static byte[] bytes(JsonNode json) {
        return JsonMapper.shared().writeValueAsBytes(json);
    }
}

package org.flowshield.node.wallet.keystore;

import java.util.HexFormat;
import java.util.Locale;
import org.flowshield.node.wallet.keystore.MalformedKeystoreException.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of encrypted secrets, as the web3 secret storage definition has it. */
final class CryptoJson {

    /** A keystore has some 500 bytes. */
    static final int MAX_FILE = 16 * 1024;

    private static final int MAX_NESTING = 8;

    /** The longest text in a keystore is the hexadecimal form of a secret. */
    private static final int MAX_STRING = 1024;

    private static final int MAX_NUMBER = 20;

    private static final int MAX_SALT = 256;

    private static final String CIPHER = "aes-128-ctr";
    private static final String SCRYPT = "scrypt";
    private static final String PBKDF2 = "pbkdf2";
    private static final String PRF = "hmac-sha256";

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxDocumentLength(MAX_FILE)
                                                    .maxNestingDepth(MAX_NESTING)
                                                    .maxStringLength(MAX_STRING)
                                                    .maxNumberLength(MAX_NUMBER)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .build();

    private CryptoJson() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static byte[] write(ObjectNode json) {
        return MAPPER.writeValueAsBytes(json);
    }

    /** The object that these bytes are. */
    static JsonNode read(byte[] bytes) throws MalformedKeystoreException {
        if (bytes.length > MAX_FILE) {
            throw new MalformedKeystoreException(
                    Reason.TOO_LARGE, "it has more bytes than any keystore");
        }
        JsonNode json;
        try {
            json = MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw new MalformedKeystoreException(Reason.NOT_JSON, "it is not JSON");
        }
        if (json == null || !json.isObject()) {
            throw new MalformedKeystoreException(Reason.NOT_JSON, "it is not a JSON object");
        }
        return json;
    }

    static void put(ObjectNode parent, EncryptedSecret secret) {
        HexFormat hex = HexFormat.of();
        ObjectNode crypto = parent.putObject("crypto");
        crypto.put("cipher", CIPHER);
        crypto.putObject("cipherparams").put("iv", hex.formatHex(secret.iv()));
        crypto.put("ciphertext", hex.formatHex(secret.ciphertext()));
        put(crypto, secret.kdf());
        crypto.put("mac", hex.formatHex(secret.mac()));
    }

    /** The derivation's two fields. */
    static void put(ObjectNode crypto, Kdf kdf) {
        HexFormat hex = HexFormat.of();
        switch (kdf) {
            case Scrypt scrypt -> {
                crypto.put("kdf", SCRYPT);
                crypto.putObject("kdfparams")
                        .put("dklen", DerivedKey.LENGTH)
                        .put("n", scrypt.cost().n())
                        .put("p", scrypt.cost().p())
                        .put("r", scrypt.cost().r())
                        .put("salt", hex.formatHex(scrypt.salt()));
            }
            case Pbkdf2 pbkdf2 -> {
                crypto.put("kdf", PBKDF2);
                crypto.putObject("kdfparams")
                        .put("c", pbkdf2.iterations())
                        .put("dklen", DerivedKey.LENGTH)
                        .put("prf", PRF)
                        .put("salt", hex.formatHex(pbkdf2.salt()));
            }
        }
    }

    /** The secret in {@code crypto}, which old wallets write with a capital. */
    static EncryptedSecret secret(JsonNode parent) throws MalformedKeystoreException {
        JsonNode crypto = object(parent, parent.has("Crypto") ? "Crypto" : "crypto");
        if (!CIPHER.equals(text(crypto, "cipher"))) {
            throw new MalformedKeystoreException(
                    Reason.CIPHER, "its cipher is not " + CIPHER + ", the only one read here");
        }
        return new EncryptedSecret(
                kdf(crypto),
                bytes(object(crypto, "cipherparams"), "iv", EncryptedSecret.IV, EncryptedSecret.IV),
                bytes(crypto, "ciphertext", 1, EncryptedSecret.MAX_SECRET),
                bytes(crypto, "mac", DerivedKey.MAC, DerivedKey.MAC));
    }

    /** The derivation that these two fields name. */
    static Kdf kdf(JsonNode crypto) throws MalformedKeystoreException {
        String name = text(crypto, "kdf");
        JsonNode parameters = object(crypto, "kdfparams");
        if (number(parameters, "dklen") != DerivedKey.LENGTH) {
            throw invalid("dklen");
        }
        byte[] salt = bytes(parameters, "salt", 0, MAX_SALT);
        try {
            return switch (name) {
                case SCRYPT ->
                        new Scrypt(
                                new ScryptCost(
                                        number(parameters, "n"),
                                        number(parameters, "r"),
                                        number(parameters, "p")),
                                salt);
                case PBKDF2 -> {
                    if (!PRF.equals(text(parameters, "prf"))) {
                        throw invalid("prf");
                    }
                    yield new Pbkdf2(number(parameters, "c"), salt);
                }
                default ->
                        throw new MalformedKeystoreException(
                                Reason.KDF,
                                "its key derivation is neither " + SCRYPT + " nor " + PBKDF2);
            };
        } catch (IllegalArgumentException e) {
            throw new MalformedKeystoreException(
                    Reason.KDF_PARAMETERS,
                    "its key derivation makes no sense: " + String.valueOf(e.getMessage()));
        }
    }

    static JsonNode object(JsonNode parent, String field) throws MalformedKeystoreException {
        JsonNode child = field(parent, field);
        if (!child.isObject()) {
            throw invalid(field);
        }
        return child;
    }

    static String text(JsonNode parent, String field) throws MalformedKeystoreException {
        JsonNode child = field(parent, field);
        if (!child.isString()) {
            throw invalid(field);
        }
        return child.stringValue().toLowerCase(Locale.ROOT);
    }

    static int number(JsonNode parent, String field) throws MalformedKeystoreException {
        JsonNode child = field(parent, field);
        if (!child.isIntegralNumber() || !child.canConvertToInt()) {
            throw invalid(field);
        }
        return child.intValue();
    }

    private static byte[] bytes(JsonNode parent, String field, int atLeast, int atMost)
            throws MalformedKeystoreException {
        byte[] bytes;
        try {
            bytes = HexFormat.of().parseHex(text(parent, field));
        } catch (IllegalArgumentException e) {
            throw invalid(field);
        }
        if (bytes.length < atLeast || bytes.length > atMost) {
            throw invalid(field);
        }
        return bytes;
    }

    private static JsonNode field(JsonNode parent, String field) throws MalformedKeystoreException {
        @Nullable JsonNode child = parent.get(field);
        if (child == null || child.isNull()) {
            throw new MalformedKeystoreException(
                    Reason.FIELD_MISSING, "it has no field \"" + field + "\"");
        }
        return child;
    }

    static MalformedKeystoreException invalid(String field) {
        return new MalformedKeystoreException(
                Reason.FIELD_INVALID, "its field \"" + field + "\" makes no sense");
    }
}

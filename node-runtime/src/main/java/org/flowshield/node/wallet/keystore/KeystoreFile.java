package org.flowshield.node.wallet.keystore;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.contracts.signing.MalformedKeyException;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.node.wallet.keystore.MalformedKeystoreException.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A private key under a password, as geth, cast and web3j keep theirs (web3 secret storage, version
 * 3). Immutable.
 *
 * @param address whose key it is; null where the file keeps that to itself
 */
public record KeystoreFile(UUID id, @Nullable EvmAddress address, EncryptedSecret secret) {

    private static final int VERSION = 3;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.nnnnnnnnn'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** Encrypts a key with what this derivation made of the password. */
    public static KeystoreFile seal(
            SigningKey key, Kdf kdf, DerivedKey derived, SecureRandom random) {
        byte[] secret = key.encode();
        try {
            return new KeystoreFile(
                    randomId(random),
                    key.address(),
                    EncryptedSecret.seal(secret, kdf, derived, random));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * Reads a file's content.
     *
     * @throws MalformedKeystoreException if it is no keystore of version 3
     */
    public static KeystoreFile parse(byte[] content) throws MalformedKeystoreException {
        JsonNode json = CryptoJson.read(content);
        if (CryptoJson.number(json, "version") != VERSION) {
            throw new MalformedKeystoreException(
                    Reason.VERSION, "it is no keystore of version 3, the only one read here");
        }
        return new KeystoreFile(id(json), address(json), CryptoJson.secret(json));
    }

    /** As it stands in the file. */
    public byte[] encode() {
        ObjectNode json = CryptoJson.object();
        if (address != null) {
            json.put("address", HexFormat.of().formatHex(address.bytes()));
        }
        CryptoJson.put(json, secret);
        json.put("id", id.toString());
        json.put("version", VERSION);
        return CryptoJson.write(json);
    }

    /**
     * Decrypts the key with what its derivation, {@code secret().kdf()}, made of the password. The
     * caller closes it.
     *
     * @throws MalformedKeystoreException if what comes out is no key, or another address's
     */
    public SigningKey open(DerivedKey derived)
            throws WrongPasswordException, MalformedKeystoreException {
        byte[] opened = secret.open(derived);
        byte[] padded = new byte[SigningKey.LENGTH];
        try {
            if (opened.length > padded.length) {
                throw new MalformedKeystoreException(
                        Reason.CONTENT, "what it holds is longer than a key");
            }
            // Some wallets leave out leading zeros.
            System.arraycopy(opened, 0, padded, padded.length - opened.length, opened.length);
            return checked(SigningKey.of(padded));
        } catch (MalformedKeyException e) {
            throw new MalformedKeystoreException(Reason.CONTENT, "what it holds is no key");
        } finally {
            Arrays.fill(opened, (byte) 0);
            Arrays.fill(padded, (byte) 0);
        }
    }

    /** The name that geth gives such a file, by which it finds it. */
    public static String fileName(Instant created, EvmAddress address) {
        return "UTC--" + TIME.format(created) + "--" + HexFormat.of().formatHex(address.bytes());
    }

    private SigningKey checked(SigningKey key) throws MalformedKeystoreException {
        if (address != null && !address.equals(key.address())) {
            key.close();
            throw new MalformedKeystoreException(
                    Reason.CONTENT, "the key in it is not that of the address " + address);
        }
        return key;
    }

    private static UUID id(JsonNode json) throws MalformedKeystoreException {
        try {
            return UUID.fromString(CryptoJson.text(json, "id"));
        } catch (IllegalArgumentException e) {
            throw CryptoJson.invalid("id");
        }
    }

    private static @Nullable EvmAddress address(JsonNode json) throws MalformedKeystoreException {
        if (!json.has("address") || json.get("address").isNull()) {
            return null;
        }
        String text = CryptoJson.text(json, "address");
        try {
            return EvmAddress.parse(text.startsWith("0x") ? text : "0x" + text);
        } catch (MalformedAddressException e) {
            throw CryptoJson.invalid("address");
        }
    }

    /** Version 4, variant 2 (RFC 9562). */
    private static UUID randomId(SecureRandom random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}

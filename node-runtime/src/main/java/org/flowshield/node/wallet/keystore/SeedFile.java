package org.flowshield.node.wallet.keystore;

import java.security.SecureRandom;
import java.util.Arrays;
import org.flowshield.node.wallet.keystore.MalformedKeystoreException.Reason;
import org.flowshield.node.wallet.seed.Mnemonic;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The words of a wallet under its password, so that further accounts can be derived: their entropy,
 * encrypted as keystores are. Immutable.
 */
public record SeedFile(EncryptedSecret secret) {

    private static final String TYPE = "flowshield-seed";
    private static final int VERSION = 1;

    /** Encrypts the words with what this derivation made of the password. */
    public static SeedFile seal(
            Mnemonic mnemonic, Kdf kdf, DerivedKey derived, SecureRandom random) {
        byte[] entropy = mnemonic.entropy();
        try {
            return new SeedFile(EncryptedSecret.seal(entropy, kdf, derived, random));
        } finally {
            Arrays.fill(entropy, (byte) 0);
        }
    }

    /**
     * Reads a file's content.
     *
     * @throws MalformedKeystoreException if it is no seed of ours
     */
    public static SeedFile parse(byte[] content) throws MalformedKeystoreException {
        JsonNode json = CryptoJson.read(content);
        if (!TYPE.equals(CryptoJson.text(json, "type"))
                || CryptoJson.number(json, "version") != VERSION) {
            throw new MalformedKeystoreException(
                    Reason.VERSION, "it is no seed that this version of the program reads");
        }
        return new SeedFile(CryptoJson.secret(json));
    }

    /** As it stands in the file. */
    public byte[] encode() {
        ObjectNode json = CryptoJson.object();
        json.put("type", TYPE);
        json.put("version", VERSION);
        CryptoJson.put(json, secret);
        return CryptoJson.write(json);
    }

    /** Decrypts the words with what the derivation made of the password. The caller closes them. */
    public Mnemonic open(DerivedKey derived)
            throws WrongPasswordException, MalformedKeystoreException {
        byte[] entropy = secret.open(derived);
        try {
            return Mnemonic.ofEntropy(entropy);
        } catch (IllegalArgumentException e) {
            throw new MalformedKeystoreException(Reason.CONTENT, "what it holds is no seed");
        } finally {
            Arrays.fill(entropy, (byte) 0);
        }
    }
}

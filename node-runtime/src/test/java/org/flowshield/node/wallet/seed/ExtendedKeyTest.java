package org.flowshield.node.wallet.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.libp2p.multiformats.Base58;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class ExtendedKeyTest {

    /** What anvil, hardhat and their like start with. */
    private static final String TEST_WORDS =
            "test test test test test test test test test test test junk";

    static Stream<JsonNode> vectors() throws IOException {
        return MnemonicTest.read("bip32-vectors.json");
    }

    static Stream<JsonNode> seeds() throws IOException {
        return MnemonicTest.vectors();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void keys_and_chain_codes_are_those_of_the_official_vectors(JsonNode vector) throws Exception {
        byte[] seed = HexFormat.of().parseHex(vector.get("seed").stringValue());
        try (ExtendedKey master = ExtendedKey.master(seed);
                ExtendedKey key = master.derive(path(vector.get("path").stringValue()))) {
            assertIs(key, vector.get("xprv").stringValue());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_master_key_of_words_is_that_of_the_official_vectors(JsonNode vector) throws Exception {
        byte[] seed = HexFormat.of().parseHex(vector.get("seed").stringValue());
        try (ExtendedKey master = ExtendedKey.master(seed)) {
            assertIs(master, vector.get("xprv").stringValue());
        }
    }

    @Test
    void the_accounts_of_well_known_words_are_those_of_every_wallet() throws Exception {
        try (Mnemonic words = Mnemonic.parse(TEST_WORDS.toCharArray());
                ExtendedKey master = ExtendedKey.master(words.seed())) {
            assertThat(address(master, 0)).isEqualTo("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
            assertThat(address(master, 1)).isEqualTo("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
            assertThat(address(master, 2)).isEqualTo("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC");
        }
    }

    @Test
    void an_account_is_written_as_wallets_write_it() {
        assertThat(DerivationPath.account(7)).hasToString("m/44'/60'/0'/0/7");
        assertThatIllegalArgumentException().isThrownBy(() -> DerivationPath.account(-1));
    }

    @Test
    void is_wiped_and_says_nothing() {
        ExtendedKey key = ExtendedKey.master(new byte[16]);
        assertThat(key).hasToString("ExtendedKey[secret]");
        key.close();
        assertThatIllegalStateException().isThrownBy(key::privateKey);
        assertThatIllegalStateException().isThrownBy(() -> key.child(0));
    }

    @Test
    void refuses_seeds_that_bip_32_does_not_know() {
        assertThatIllegalArgumentException().isThrownBy(() -> ExtendedKey.master(new byte[15]));
        assertThatIllegalArgumentException().isThrownBy(() -> ExtendedKey.master(new byte[65]));
    }

    private static String address(ExtendedKey master, int account) throws Exception {
        try (ExtendedKey key = master.derive(DerivationPath.account(account));
                SigningKey signing = SigningKey.of(key.privateKey())) {
            return signing.address().toString();
        }
    }

    /** Version 4 bytes, depth 1, parent 4, index 4, chain code 32, zero 1, key 32, checksum 4. */
    private static void assertIs(ExtendedKey key, String xprv) throws Exception {
        byte[] expected = Base58.decode(xprv);
        assertThat(key.chainCode()).isEqualTo(Arrays.copyOfRange(expected, 13, 45));
        assertThat(key.privateKey()).isEqualTo(Arrays.copyOfRange(expected, 46, 78));
    }

    private static DerivationPath path(String text) {
        List<Integer> indices = new ArrayList<>();
        for (String part : text.substring(1).split("/", -1)) {
            if (!part.isEmpty()) {
                int index = Integer.parseInt(part.replace("'", ""));
                indices.add(part.endsWith("'") ? index | DerivationPath.HARDENED : index);
            }
        }
        assertThat(new DerivationPath(indices)).hasToString(text);
        return new DerivationPath(indices);
    }
}

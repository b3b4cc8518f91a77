package org.flowshield.node.wallet.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.flowshield.node.wallet.seed.MalformedMnemonicException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class MnemonicTest {

    private static final String ABANDON =
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
                    + " abandon about";

    static Stream<JsonNode> vectors() throws IOException {
        return read("bip39-vectors.json");
    }

    static Stream<JsonNode> read(String resource) throws IOException {
        try (InputStream in = MnemonicTest.class.getResourceAsStream(resource)) {
            JsonNode all = JsonMapper.shared().readTree(Objects.requireNonNull(in));
            return StreamSupport.stream(all.spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void words_and_entropy_are_those_of_the_official_vectors(JsonNode vector) throws Exception {
        byte[] entropy = HexFormat.of().parseHex(vector.get("entropy").stringValue());
        String words = vector.get("mnemonic").stringValue();
        try (Mnemonic made = Mnemonic.ofEntropy(entropy);
                Mnemonic read = Mnemonic.parse(words.toCharArray())) {
            assertThat(new String(made.sentence())).isEqualTo(words);
            assertThat(read.entropy()).isEqualTo(entropy);
            assertThat(made.words()).isEqualTo(words.split(" ", -1).length);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void the_seed_is_that_of_the_official_vectors(JsonNode vector) throws Exception {
        try (Mnemonic mnemonic =
                Mnemonic.parse(vector.get("mnemonic").stringValue().toCharArray())) {
            assertThat(HexFormat.of().formatHex(mnemonic.seed("TREZOR")))
                    .isEqualTo(vector.get("seed").stringValue());
        }
    }

    @Test
    void without_a_passphrase_the_seed_is_what_other_wallets_make() throws Exception {
        try (Mnemonic mnemonic = Mnemonic.parse(ABANDON.toCharArray())) {
            assertThat(HexFormat.of().formatHex(mnemonic.seed()))
                    .isEqualTo(
                            "5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1"
                                    + "9a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18, 21, 24})
    void a_new_one_has_the_words_that_were_asked_for(int words) throws Exception {
        try (Mnemonic mnemonic = Mnemonic.generate(words, new java.security.SecureRandom());
                Mnemonic again = Mnemonic.parse(mnemonic.sentence())) {
            assertThat(mnemonic.words()).isEqualTo(words);
            assertThat(again.entropy()).isEqualTo(mnemonic.entropy());
        }
    }

    @Test
    void capitals_tabs_and_ends_of_lines_make_no_difference() throws Exception {
        String pasted =
                "  "
                        + ABANDON.toUpperCase(java.util.Locale.ROOT).replace(" ", "\t\n ")
                        + "\u00a0\n";
        try (Mnemonic mnemonic = Mnemonic.parse(pasted.toCharArray())) {
            assertThat(mnemonic.entropy()).containsOnly(0);
        }
    }

    @Test
    void tells_which_word_is_not_in_the_list_and_what_is_near() {
        String typed = ABANDON.replaceFirst("abandon", "abanden");
        assertThatExceptionOfType(MalformedMnemonicException.class)
                .isThrownBy(() -> Mnemonic.parse(typed.toCharArray()))
                .satisfies(
                        e -> {
                            assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_WORD);
                            assertThat(e.position()).isEqualTo(1);
                            assertThat(e.near()).startsWith("abandon");
                            assertThat(e).hasMessageContaining("word 1 is not in the list");
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"abot", "aobut", "abuot", "abouth"})
    void finds_what_slips_of_the_finger_meant(String slip) {
        String typed = ABANDON.replace("about", slip);
        assertThatExceptionOfType(MalformedMnemonicException.class)
                .isThrownBy(() -> Mnemonic.parse(typed.toCharArray()))
                .satisfies(
                        e -> {
                            assertThat(e.position()).isEqualTo(12);
                            assertThat(e.near()).contains("about").hasSizeLessThanOrEqualTo(3);
                        });
    }

    @Test
    void a_word_that_is_far_from_all_has_none_near() {
        String typed = ABANDON.replace("about", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
        assertThatExceptionOfType(MalformedMnemonicException.class)
                .isThrownBy(() -> Mnemonic.parse(typed.toCharArray()))
                .satisfies(e -> assertThat(e.near()).isEmpty());
    }

    @Test
    void tells_that_the_checksum_is_wrong() {
        assertThatExceptionOfType(MalformedMnemonicException.class)
                .isThrownBy(() -> Mnemonic.parse(ABANDON.replace("about", "abandon").toCharArray()))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.CHECKSUM))
                .withMessageContaining("checksum");
    }

    @Test
    void tells_how_many_words_there_are() {
        assertThatExceptionOfType(MalformedMnemonicException.class)
                .isThrownBy(() -> Mnemonic.parse("abandon abandon".toCharArray()))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.WORD_COUNT))
                .withMessageContaining("2 words");
    }

    @Test
    void refuses_what_is_longer_than_any_sentence() {
        char[] tooLong = new char[100_000];
        Arrays.fill(tooLong, 'a');
        assertThatExceptionOfType(MalformedMnemonicException.class)
                .isThrownBy(() -> Mnemonic.parse(tooLong))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LONG));
    }

    @Test
    void knows_its_words_by_position() throws Exception {
        try (Mnemonic mnemonic =
                Mnemonic.parse(
                        "legal winner thank year wave sausage worth useful legal winner thank yellow"
                                .toCharArray())) {
            assertThat(mnemonic.hasWord(12, " Yellow\n".toCharArray())).isTrue();
            assertThat(mnemonic.hasWord(12, "year".toCharArray())).isFalse();
            assertThat(mnemonic.hasWord(12, "".toCharArray())).isFalse();
            assertThat(mnemonic.word(4)).isEqualTo("year");
        }
    }

    @Test
    void is_wiped_and_says_nothing_of_its_words() throws Exception {
        Mnemonic mnemonic = Mnemonic.parse(ABANDON.toCharArray());
        assertThat(mnemonic.toString()).doesNotContain("aba");
        mnemonic.close();
        assertThatIllegalStateException().isThrownBy(mnemonic::sentence);
        assertThatIllegalStateException().isThrownBy(mnemonic::entropy);
        assertThatIllegalStateException().isThrownBy(mnemonic::seed);
    }
}

package org.flowshield.node.wallet.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class WordListTest {

    @Test
    void is_the_list_of_bip_39() throws Exception {
        try (InputStream in = WordList.class.getResourceAsStream("bip39-english.txt")) {
            byte[] content = Objects.requireNonNull(in).readAllBytes();
            assertThat(
                            HexFormat.of()
                                    .formatHex(
                                            MessageDigest.getInstance("SHA-256").digest(content)))
                    .isEqualTo("2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
        }
    }

    @Test
    void finds_each_word_at_its_index() {
        for (int index = 0; index < WordList.SIZE; index++) {
            char[] word = WordList.english().word(index).toCharArray();
            assertThat(WordList.english().indexOf(word, 0, word.length)).isEqualTo(index);
            assertThat(word.length).isLessThanOrEqualTo(WordList.MAX_WORD);
        }
    }

    @Test
    void the_beginning_of_a_word_is_no_word() {
        assertThat(WordList.english().indexOf("aban".toCharArray(), 0, 4)).isNegative();
    }
}

package org.flowshield.node.wallet.seed;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Locale;

final class MnemonicFuzzTest {

    @FuzzTest
    void what_is_read_is_written_as_the_same_words(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try (Mnemonic mnemonic = Mnemonic.parse(text.toCharArray());
                Mnemonic again = Mnemonic.ofEntropy(mnemonic.entropy())) {
            assertThat(new String(again.sentence()))
                    .isEqualTo(
                            String.join(
                                    " ",
                                    text.toLowerCase(Locale.ROOT).strip().split("[\\s\\h]+", -1)));
        } catch (MalformedMnemonicException e) {
            assertThat(e.reason()).isNotNull();
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @FuzzTest
    void words_of_the_list_are_a_sentence_or_fail_the_checksum(FuzzedDataProvider data) {
        int words = data.pickValue(new int[] {12, 15, 18, 21, 24});
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < words; at++) {
            text.append(' ').append(WordList.english().word(data.consumeInt(0, WordList.SIZE - 1)));
        }
        try (Mnemonic mnemonic = Mnemonic.parse(text.toString().toCharArray())) {
            assertThat(" " + new String(mnemonic.sentence())).isEqualTo(text.toString());
        } catch (MalformedMnemonicException e) {
            assertThat(e.reason()).isEqualTo(MalformedMnemonicException.Reason.CHECKSUM);
        }
    }
}

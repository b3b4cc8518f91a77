package org.flowshield.node.desk.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.SecureRandom;
import org.flowshield.node.wallet.keystore.WeakPasswordException;
import org.flowshield.node.wallet.seed.Mnemonic;
import org.junit.jupiter.api.Test;

/** Words that are shown, asked for and typed. */
final class WordsTest {

    private static final String WORDS =
            "legal winner thank year wave sausage worth useful legal winner thank yellow";

    private static NewWords words() throws Exception {
        return NewWords.of(
                new SecretWords(Mnemonic.parse(WORDS.toCharArray())), new SecureRandom());
    }

    private static char[] right(int place) {
        return WORDS.split(" ", -1)[place - 1].toCharArray();
    }

    @Test
    void who_knows_all_that_are_asked_has_them() throws Exception {
        try (NewWords words = words()) {
            assertThat(words.areKept()).isFalse();
            var places = words.ask();
            assertThat(places).hasSize(NewWords.ASKED).doesNotHaveDuplicates();
            for (int place : places) {
                assertThat(words.areKept()).isFalse();
                assertThat(words.answer(right(place))).isTrue();
            }
            assertThat(words.areKept()).isTrue();
        }
    }

    @Test
    void one_wrong_word_ends_the_round_and_a_new_one_takes_back_what_was_known() throws Exception {
        try (NewWords words = words()) {
            int first = words.ask().getFirst();
            assertThat(words.answer("zebra".toCharArray())).isFalse();
            assertThat(words.areKept()).isFalse();
            assertThatIllegalStateException().isThrownBy(() -> words.answer(right(first)));
            for (int place : words.ask()) {
                assertThat(words.answer(right(place))).isTrue();
            }
            assertThat(words.areKept()).isTrue();
            assertThat(words.ask()).hasSize(NewWords.ASKED);
            assertThat(words.areKept()).isFalse();
        }
    }

    @Test
    void closed_words_say_nothing() throws Exception {
        NewWords words = words();
        words.close();
        assertThatIllegalStateException().isThrownBy(() -> words.words().word(1));
        assertThatIllegalStateException().isThrownBy(() -> words.words().sentence());
        assertThat(words.toString() + words.words()).doesNotContain("legal");
    }

    @Test
    void typed_words_are_judged_as_far_as_they_go() {
        assertThat(TypedWords.of(WORDS.toCharArray()).state()).isEqualTo(TypedWords.State.WHOLE);
        assertThat(TypedWords.of("legal winner".toCharArray()).state())
                .isEqualTo(TypedWords.State.COUNT);
        TypedWords slip = TypedWords.of(WORDS.replace("sausage", "sausag").toCharArray());
        assertThat(slip.state()).isEqualTo(TypedWords.State.UNKNOWN_WORD);
        assertThat(slip.place()).isEqualTo(6);
        assertThat(slip.near()).contains("sausage");
        assertThat(TypedWords.of(WORDS.replace("yellow", "yard").toCharArray()).state())
                .isEqualTo(TypedWords.State.CHECKSUM);
    }

    @Test
    void a_beginning_is_completed_by_words_of_the_list() {
        assertThat(TypedWords.completions("saus".toCharArray())).containsExactly("sausage");
        assertThat(TypedWords.completions("ZO".toCharArray())).containsExactly("zone", "zoo");
        assertThat(TypedWords.completions("a".toCharArray())).hasSize(8).contains("abandon");
        assertThat(TypedWords.completions("xq".toCharArray())).isEmpty();
        assertThat(TypedWords.completions(new char[0])).isEmpty();
        assertThat(TypedWords.completions("abandonment".toCharArray())).isEmpty();
    }

    @Test
    void a_password_is_measured_while_it_is_typed() {
        assertThat(PasswordCheck.of("four little ponies".toCharArray()).isStrong()).isTrue();
        assertThat(PasswordCheck.of("password1".toCharArray()).weakness())
                .isEqualTo(WeakPasswordException.Reason.TOO_SHORT);
        assertThat(PasswordCheck.of("password123".toCharArray()).weakness())
                .isEqualTo(WeakPasswordException.Reason.WELL_KNOWN);
    }
}

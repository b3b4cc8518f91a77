package org.flowshield.node.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain words", "Grüße, 你好 🙂", "two\nlines\tand a tab"})
    void what_is_harmless_stays(String message) {
        assertThat(Message.of(message)).isEqualTo(message);
    }

    @Test
    void what_would_steer_a_terminal_or_turn_the_text_round_is_replaced() {
        assertThat(Message.of("a\u001b[2Jb\rc\u0007\u202Ed\u2028e\u0000"))
                .isEqualTo("a\uFFFD[2Jb\uFFFDc\uFFFD\uFFFDd\uFFFDe\uFFFD");
        assertThat(Message.of("one\r\ntwo")).isEqualTo("one\ntwo");
    }

    @Test
    void what_is_too_long_is_cut_and_says_so() {
        String fits = "x".repeat(Message.MAX_CHARS);
        assertThat(Message.of(fits)).isEqualTo(fits);
        assertThat(Message.of(fits + "y")).hasSize(Message.MAX_CHARS).endsWith("x" + Message.CUT);
    }

    @Test
    void whatever_is_written_is_text_and_bounded() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            char[] chars = new char[random.nextInt(2 * Message.MAX_CHARS)];
            for (int j = 0; j < chars.length; j++) {
                chars[j] = (char) random.nextInt(0x10000); // with halves of surrogate pairs
            }
            String shown = Message.of(new String(chars));
            assertThat(shown).as("seed %d", seed).hasSizeLessThanOrEqualTo(Message.MAX_CHARS);
            assertThat(new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .as("seed %d", seed)
                    .isEqualTo(shown);
        }
    }
}

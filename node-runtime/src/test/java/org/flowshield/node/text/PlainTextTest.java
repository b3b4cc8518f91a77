package org.flowshield.node.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Nothing of a stranger's text steers a terminal or turns round what stands beside it. */
final class PlainTextTest {

    private static final String STEERS = "a\u001b]52;c;eA==\u0007b\u202ec\u2028d\u0085e\ud800f";

    @Test
    void what_steers_leaves_a_mark() {
        assertThat(PlainText.line(STEERS)).isEqualTo("a�]52;c;eA==�b�c�d�e�f");
        assertThat(PlainText.of(STEERS)).isEqualTo(PlainText.line(STEERS));
    }

    @Test
    void lines_stay_where_they_may() {
        assertThat(PlainText.of("one\ttwo\nthree")).isEqualTo("one\ttwo\nthree");
        assertThat(PlainText.line("one\ttwo\nthree")).isEqualTo("one�two�three");
    }

    @Test
    void words_of_all_languages_stay() {
        String words = "Grüße, 您好 – “ok” 🛡";
        assertThat(PlainText.line(words)).isSameAs(words);
    }
}

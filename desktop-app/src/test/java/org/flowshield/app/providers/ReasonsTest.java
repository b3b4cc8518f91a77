package org.flowshield.app.providers;

import static org.assertj.core.api.Assertions.assertThat;

import org.flowshield.app.text.Language;
import org.flowshield.app.text.Texts;
import org.junit.jupiter.api.Test;

final class ReasonsTest {

    @Test
    void what_the_daemon_says_in_english_is_said_in_every_language() {
        Reasons german = new Reasons(Texts.of(Language.GERMAN, "providers"));
        assertThat(german.of("23 % cheaper than the median (+14)"))
                .isEqualTo("23 % günstiger als der Mittelwert (+14)");
        assertThat(german.of("there 99 % of 26 h watched (+12)"))
                .isEqualTo("99 % von 26 beobachteten Stunden da (+12)");
        Reasons chinese = new Reasons(Texts.of(Language.CHINESE, "providers"));
        assertThat(chinese.of("online (+35)")).isEqualTo("在线（+35）");
    }

    @Test
    void what_is_not_known_is_said_as_it_is() {
        Reasons german = new Reasons(Texts.of(Language.GERMAN, "providers"));
        assertThat(german.of("measured by three verifiers (+40)"))
                .isEqualTo("measured by three verifiers (+40)");
        assertThat(german.of("{0} odd 'quotes'")).isEqualTo("{0} odd 'quotes'");
    }
}

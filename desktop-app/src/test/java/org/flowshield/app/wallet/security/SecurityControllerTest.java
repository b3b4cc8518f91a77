package org.flowshield.app.wallet.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Objects;
import org.flowshield.app.secret.SecretBuffer;
import org.flowshield.app.testkit.FakeDesks;
import org.flowshield.app.testkit.HandUi;
import org.flowshield.app.text.Language;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Work;
import org.flowshield.node.desk.wallet.SecretWords;
import org.flowshield.node.wallet.seed.Mnemonic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The wallet's words are there while the page is looked at, and for nobody else. */
@Timeout(60)
final class SecurityControllerTest {

    private final FakeDesks desks = new FakeDesks();
    private final HandUi ui = new HandUi();
    private final SecurityModel model = new SecurityModel();
    private final SecretWords words = new SecretWords(Mnemonic.generate(12, new SecureRandom()));
    private final SecurityController controller =
            new SecurityController(
                    model,
                    desks.desks().wallet(),
                    new Work(ui),
                    Texts.of(Language.ENGLISH, "wallet"));

    @BeforeEach
    void theRightPassword() {
        desks.answer("reveal", words);
    }

    @Test
    void they_are_shown_until_the_page_is_left() {
        controller.reveal(new SecretBuffer());
        ui.await("they are shown", () -> model.words().get() != null);
        assertThat(Objects.requireNonNull(model.words().get()).word(1)).isNotEmpty();
        controller.conceal();
        assertThat(model.words().get()).isNull();
        assertThatThrownBy(() -> words.word(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void those_that_come_after_the_page_was_left_are_wiped_and_not_shown() {
        controller.reveal(new SecretBuffer());
        controller.conceal();
        ui.await("they came", () -> !model.busy().get());
        assertThat(model.words().get()).isNull();
        assertThatThrownBy(() -> words.word(1)).isInstanceOf(IllegalStateException.class);
    }
}

package org.flowshield.app.firstrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.firstrun.FirstRunModel.Page;
import org.flowshield.app.firstrun.FirstRunModel.Service;
import org.flowshield.app.secret.SecretBuffer;
import org.flowshield.app.service.PkexecSetup;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.FakeDesks;
import org.flowshield.app.testkit.Hand;
import org.flowshield.app.testkit.Wallets;
import org.flowshield.app.threads.Work;
import org.flowshield.node.api.Problem;
import org.flowshield.node.desk.wallet.NewWords;
import org.flowshield.node.desk.wallet.TypedWords;
import org.flowshield.node.desk.wallet.WalletState;
import org.junit.jupiter.api.Test;

final class FirstRunControllerTest {

    private final Hand hand = new Hand();
    private final FakeDaemon daemon = new FakeDaemon();
    private final FakeDesks desks = new FakeDesks();
    private final FirstRunModel model = new FirstRunModel();
    private final NewWords words = Wallets.words();
    private final FirstRunController controller =
            new FirstRunController(
                    model,
                    desks.desks().wallet(),
                    daemon,
                    new PkexecSetup(Optional.empty(), "somebody"),
                    Contexts.of(daemon).settings(),
                    new Work(hand),
                    hand,
                    new Random(5),
                    () -> {});

    @Test
    void words_are_asked_for_before_a_password() {
        toWords();
        controller.written();
        assertThat(model.page().get()).as("before they were looked at").isEqualTo(Page.WORDS);
        controller.reveal();
        controller.written();
        for (int round = 1; round <= NewWords.ASKED; round++) {
            assertThat(model.page().get()).isEqualTo(Page.VERIFY);
            assertThat(model.round().get()).isEqualTo(round);
            assertThat(model.options().get()).hasSize(4).doesNotHaveDuplicates().contains(asked());
            controller.answer(asked());
        }
        assertThat(model.page().get()).isEqualTo(Page.PASSWORD);
        assertThat(words.areKept()).isTrue();
    }

    @Test
    void a_wrong_word_shows_the_words_again_and_asks_anew() {
        toWords();
        controller.reveal();
        controller.written();
        controller.answer(
                model.options().get().stream()
                        .filter(word -> !word.equals(asked()))
                        .findFirst()
                        .orElseThrow());
        assertThat(model.page().get()).isEqualTo(Page.WORDS);
        assertThat(model.wrong().get()).isTrue();
        assertThat(model.revealed().get()).isFalse();
        controller.answer(asked());
        assertThat(model.page().get()).isEqualTo(Page.WORDS);
    }

    @Test
    void a_wallet_that_is_there_is_not_made_again() {
        desks.always("state", Wallets.locked());
        controller.begin();
        hand.until("service", () -> model.page().get() == Page.SERVICE);
    }

    @Test
    void a_refusal_keeps_the_person_on_the_page() {
        toWords();
        controller.reveal();
        controller.written();
        for (int round = 1; round <= NewWords.ASKED; round++) {
            controller.answer(asked());
        }
        SecretBuffer typed = password();
        desks.refuse("create", new Problem("too_little_memory", "no memory", "close programs"));
        controller.protect(typed);
        hand.until("a failure", () -> model.failure().get() != null);
        assertThat(model.page().get()).isEqualTo(Page.PASSWORD);
        assertThat(typed.isEmpty()).as("typed again for nothing").isFalse();

        desks.answer("create", List.of(Wallets.ACCOUNT));
        controller.protect(typed);
        hand.until("service", () -> model.page().get() == Page.SERVICE);
        assertThat(typed.isEmpty()).isTrue();
        assertThat(model.words().get()).isNull();
    }

    @Test
    void words_that_are_no_wallet_go_nowhere() {
        controller.restore();
        controller.restoreWith("abandon abandon".toCharArray());
        assertThat(model.page().get()).isEqualTo(Page.RESTORE);
        char[] typed = "abandon ability".toCharArray();
        controller.typed(typed);
        assertThat(model.typed().get().state()).isEqualTo(TypedWords.State.COUNT);
        assertThat(typed).as("wiped").containsOnly('\0');
    }

    @Test
    void a_wallet_is_restored_of_its_words() {
        controller.restore();
        controller.restoreWith(("abandon ".repeat(11) + "about").toCharArray());
        assertThat(model.page().get()).isEqualTo(Page.PASSWORD);
        desks.answer("restore", List.of(Wallets.ACCOUNT));
        controller.protect(password());
        hand.until("service", () -> model.page().get() == Page.SERVICE);
        assertThat(desks.asked()).extracting(FakeDesks.Asked::what).containsExactly("restore");
        assertThat(desks.asked().toString()).doesNotContain("abandon", "ponies");
    }

    @Test
    void knows_whether_the_service_answers() {
        controller.shown();
        daemon.say(new DaemonState.Away(DaemonState.Reason.NOT_RUNNING, ""));
        hand.until("absent", () -> model.service().get() == Service.ABSENT);
        controller.hidden();
        assertThat(daemon.watchers()).isZero();
    }

    private String asked() {
        return new String(words.words().word(model.asked().get()));
    }

    private static SecretBuffer password() {
        SecretBuffer typed = new SecretBuffer();
        for (char c : "four little ponies".toCharArray()) {
            assertThat(typed.append(c)).isTrue();
        }
        return typed;
    }

    private void toWords() {
        desks.always("state", new WalletState.None(Wallets.FOLDER));
        desks.answer("newWords", words);
        controller.begin();
        hand.until("a choice", () -> model.page().get() == Page.CHOICE);
        controller.create();
        hand.until("words", () -> model.page().get() == Page.WORDS);
        assertThat(Objects.requireNonNull(model.words().get())).isSameAs(words);
    }
}

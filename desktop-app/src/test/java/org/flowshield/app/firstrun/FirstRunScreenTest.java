package org.flowshield.app.firstrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.screen.Context;
import org.flowshield.app.service.PkexecSetup;
import org.flowshield.app.system.SystemClipboard;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.FakeDesks;
import org.flowshield.app.testkit.Golden;
import org.flowshield.app.testkit.SceneAudit;
import org.flowshield.app.testkit.Toolkit;
import org.flowshield.app.testkit.UiTest;
import org.flowshield.app.testkit.Wallets;
import org.flowshield.app.text.Language;
import org.flowshield.app.theme.Brightness;
import org.flowshield.node.desk.wallet.NewWords;
import org.flowshield.node.desk.wallet.WalletState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FirstRunScreenTest extends UiTest {

    private final FakeDaemon daemon = new FakeDaemon();
    private final FakeDesks desks = new FakeDesks();
    private final NewWords words = Wallets.words();
    private @Nullable FirstRunScreen screen;
    private @Nullable Context context;
    private boolean done;

    @AfterEach
    void leave() {
        FirstRunScreen open = screen;
        if (open != null) {
            Toolkit.run(open::hidden);
            assertThat(daemon.watchers()).isZero();
        }
    }

    @Test
    void by_keyboard_alone_from_nothing_to_a_wallet() {
        open(Language.ENGLISH, Brightness.LIGHT);
        press(KeyCode.ENTER);
        await("a choice", () -> isThere("first-run-create"));
        press(KeyCode.SPACE);
        await("words", () -> isThere("words-reveal"));
        press(KeyCode.SPACE);
        assertThat(text("word-1")).isEqualTo(word(1));
        press(KeyCode.ENTER);
        for (int round = 1; round <= NewWords.ASKED; round++) {
            answer(true);
        }
        await("a password", () -> isThere("password"));
        Toolkit.settle();
        type("four little ponies");
        press(KeyCode.ENTER);
        type("four little ponies");
        assertThat(text("password-strength")).isEqualTo("Good");
        press(KeyCode.ENTER);
        await("the service", () -> isThere("service-next"));
        assertThat(desks.asked()).contains(new FakeDesks.Asked("create", true));
        click("service-next");
        click("first-run-finish");
        assertThat(done).isTrue();
        assertThat(context().settings().settings().firstRunDone()).isTrue();
    }

    @Test
    void a_wrong_word_leads_back_to_the_words() {
        open(Language.ENGLISH, Brightness.LIGHT);
        toVerify();
        answer(false);
        assertThat(isThere("words-wrong")).isTrue();
        assertThat(text("word-1")).isNotEqualTo(word(1));
    }

    @Test
    void words_are_completed_corrected_and_checked_while_they_are_typed() {
        open(Language.ENGLISH, Brightness.LIGHT);
        click("first-run-begin");
        await("a choice", () -> isThere("first-run-restore"));
        click("first-run-restore");
        Toolkit.settle();
        for (int i = 0; i < 11; i++) {
            type("aban");
            press(KeyCode.TAB);
        }
        assertThat(text("restore-words")).isEqualTo("abandon ".repeat(11));
        type("abuot");
        assertThat(text("restore-state")).contains("Word 12");
        for (int i = 0; i < 5; i++) {
            press(KeyCode.BACK_SPACE);
        }
        type("about");
        assertThat(text("restore-state")).isEqualTo("These words are a wallet.");
        press(KeyCode.ENTER);
        assertThat(isThere("password")).isTrue();
    }

    @Test
    void a_service_that_answers_is_not_installed_again() {
        open(Language.ENGLISH, Brightness.LIGHT);
        desks.always("state", Wallets.locked());
        click("first-run-begin");
        await("the service", () -> isThere("service-command"));
        assertThat(text("service-command")).startsWith("sudo ").contains("service install");
        Toolkit.run(() -> daemon.say(new DaemonState.Away(DaemonState.Reason.STOPPED, "")));
        assertThat(isThere("service-command")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void can_be_used_by_everybody_in_every_language(Language language) {
        for (Brightness brightness : List.of(Brightness.LIGHT, Brightness.DARK)) {
            open(language, brightness);
            audit("welcome");
            click("first-run-begin");
            await("a choice", () -> isThere("first-run-create"));
            audit("choice");
            click("first-run-restore");
            audit("restore");
            press(KeyCode.ESCAPE);
            click("first-run-create");
            await("words", () -> isThere("words-reveal"));
            audit("words");
            click("words-reveal");
            click("words-written");
            audit("verify");
            for (int round = 1; round <= NewWords.ASKED; round++) {
                answer(true);
            }
            await("a password", () -> isThere("password"));
            audit("password");
            Toolkit.run(() -> java.util.Objects.requireNonNull(screen).hidden());
        }
    }

    @Test
    void looks_as_it_shall() {
        for (Brightness brightness : List.of(Brightness.LIGHT, Brightness.DARK)) {
            String suffix = brightness == Brightness.DARK ? "-dark" : "-light";
            open(Language.ENGLISH, brightness);
            Golden.compare("firstrun-welcome" + suffix, scene());
            toWords();
            click("words-reveal");
            Golden.compare("firstrun-words" + suffix, scene());
            click("words-written");
            for (int round = 1; round <= NewWords.ASKED; round++) {
                answer(true);
            }
            await("a password", () -> isThere("password"));
            Toolkit.settle();
            type("four little ponies");
            Golden.compare("firstrun-password" + suffix, scene());
            open(Language.ENGLISH, brightness);
            desks.always("state", Wallets.locked());
            click("first-run-begin");
            await("the service", () -> isThere("service-command"));
            Golden.compare("firstrun-service" + suffix, scene());
        }
    }

    private void audit(String page) {
        Toolkit.settle();
        assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).as(page).isEmpty();
    }

    private void toWords() {
        click("first-run-begin");
        await("a choice", () -> isThere("first-run-create"));
        click("first-run-create");
        await("words", () -> isThere("words-reveal"));
    }

    private void toVerify() {
        toWords();
        click("words-reveal");
        click("words-written");
    }

    /** Chooses the word that is asked for, or another. */
    private void answer(boolean rightly) {
        Toolkit.settle();
        int place = Integer.parseInt(text("verify-asked").replaceAll("\\D+", ""));
        String right = word(place);
        for (int option = 0; option < 4; option++) {
            if (text("verify-" + option).equals(right) == rightly) {
                click("verify-" + option);
                return;
            }
        }
        throw new AssertionError("no such option");
    }

    private String word(int place) {
        return new String(words.words().word(place));
    }

    private Context context() {
        return java.util.Objects.requireNonNull(context);
    }

    private void open(Language language, Brightness brightness) {
        FirstRunScreen before = screen;
        if (before != null) {
            Toolkit.run(before::hidden);
        }
        desks.always("state", new WalletState.None(Wallets.FOLDER));
        desks.answer("newWords", Wallets.words());
        desks.always("create", List.of(Wallets.ACCOUNT));
        daemon.say(new DaemonState.Away(DaemonState.Reason.NOT_RUNNING, ""));
        Context made = Contexts.of(daemon, language, desks);
        context = made;
        FirstRunScreen opened =
                Toolkit.on(
                        () -> {
                            FirstRunScreen each =
                                    new FirstRunScreen(
                                            made,
                                            new PkexecSetup(Optional.empty(), "somebody"),
                                            SystemClipboard.SYSTEM,
                                            _ -> {},
                                            () -> done = true);
                            each.shown();
                            return each;
                        });
        screen = opened;
        show(opened.root(), brightness);
    }
}

package org.flowshield.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.navigation.Destination;
import org.flowshield.app.screen.Context;
import org.flowshield.app.screen.Screen;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.SceneAudit;
import org.flowshield.app.testkit.Toolkit;
import org.flowshield.app.testkit.UiTest;
import org.flowshield.app.text.Language;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Ui;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ShellTest extends UiTest {

    private static final DaemonState AWAY =
            new DaemonState.Away(DaemonState.Reason.NOT_RUNNING, "nobody there");

    private final FakeDaemon daemon = new FakeDaemon();
    private final Map<String, Boolean> shown = new HashMap<>();

    @Test
    void one_screen_is_shown_at_a_time() {
        Shell shell = open(Language.ENGLISH);
        assertThat(shown).containsEntry("CONNECT", true);

        click("place-wallet");

        assertThat(shown).containsEntry("CONNECT", false).containsEntry("WALLET", true);
        close(shell);
        assertThat(shown).doesNotContainValue(true);
        assertThat(daemon.watchers()).isZero();
    }

    @Test
    void keys_go_where_clicks_go() {
        Shell shell = open(Language.ENGLISH);
        press(KeyCode.CONTROL, KeyCode.DIGIT2);
        assertThat(shown).containsEntry("PROVIDERS", true);
        close(shell);
    }

    @Test
    void enter_after_these_keys_does_not_go_where_the_sidebar_was_left() {
        Shell shell = open(Language.ENGLISH);
        click("place-wallet"); // has the focus now
        press(KeyCode.CONTROL, KeyCode.DIGIT1);
        press(KeyCode.ENTER);
        assertThat(shown).containsEntry("CONNECT", true).containsEntry("WALLET", false);
        close(shell);
    }

    @Test
    void while_the_daemon_is_away_screens_that_need_it_are_covered() {
        Shell shell = open(Language.ENGLISH);
        daemon.say(AWAY);
        Toolkit.settle();
        assertThat(shown).containsEntry("unreachable", true).containsEntry("CONNECT", false);

        click("place-wallet");
        assertThat(shown).containsEntry("unreachable", false).containsEntry("WALLET", true);

        daemon.say(new DaemonState.Unknown());
        click("place-connect");
        assertThat(shown).containsEntry("CONNECT", true);
        close(shell);
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void the_sidebar_can_be_read_in_every_language(Language language) {
        Shell shell = open(language);
        assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).isEmpty();
        close(shell);
    }

    private Shell open(Language language) {
        Context context = Contexts.of(daemon, language);
        Shell shell =
                Toolkit.on(
                        () ->
                                new Shell(
                                        daemon,
                                        context.settings(),
                                        Ui.FX,
                                        Texts.of(language, "shell"),
                                        _ -> screens()));
        show(shell.root());
        return shell;
    }

    private Shell.Screens screens() {
        Map<Destination, Screen> places = new EnumMap<>(Destination.class);
        for (Destination destination : Destination.values()) {
            places.put(destination, new Remembering(destination.name()));
        }
        return new Shell.Screens(places, new Remembering("unreachable"));
    }

    private static void close(Shell shell) {
        Toolkit.run(shell::close);
    }

    private final class Remembering implements Screen {
        private final String name;
        private final StackPane root;

        Remembering(String name) {
            this.name = name;
            this.root = new StackPane(new Label(name));
        }

        @Override
        public Region root() {
            return root;
        }

        @Override
        public void shown() {
            shown.put(name, true);
        }

        @Override
        public void hidden() {
            shown.put(name, false);
        }
    }
}

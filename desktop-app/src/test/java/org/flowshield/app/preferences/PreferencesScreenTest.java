package org.flowshield.app.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ScrollPane;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.screen.Context;
import org.flowshield.app.system.Autostart;
import org.flowshield.app.system.SystemClipboard;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.FakeDesks;
import org.flowshield.app.testkit.Golden;
import org.flowshield.app.testkit.SceneAudit;
import org.flowshield.app.testkit.Statuses;
import org.flowshield.app.testkit.Toolkit;
import org.flowshield.app.testkit.UiTest;
import org.flowshield.app.testkit.Wallets;
import org.flowshield.app.text.Language;
import org.flowshield.app.theme.Brightness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PreferencesScreenTest extends UiTest {

    private final FakeDaemon daemon = new FakeDaemon();
    private final FakeDesks desks = new FakeDesks();
    private final List<String> looks = new ArrayList<>();
    private final List<String> copied = new ArrayList<>();
    private final FakeAutostart autostart = new FakeAutostart();

    @TempDir private Path folder;

    @Test
    void a_theme_is_taken_at_once_and_kept() {
        Context context = open(Language.ENGLISH, Brightness.LIGHT);
        click("preferences-theme-dark");
        assertThat(looks).containsExactly("DARK");
        assertThat(context.settings().settings().brightness()).isEqualTo(Brightness.DARK);
        click("preferences-theme-dark");
        assertThat(looks).containsExactly("DARK");
    }

    @Test
    @SuppressWarnings("unchecked")
    void a_language_is_taken_at_once_and_kept() {
        Context context = open(Language.ENGLISH, Brightness.LIGHT);
        Toolkit.run(
                () ->
                        ((ComboBox<Optional<Language>>) node("preferences-language"))
                                .setValue(Optional.of(Language.GERMAN)));
        assertThat(looks).containsExactly("GERMAN");
        assertThat(context.settings().settings().language()).isEqualTo(Language.GERMAN);
    }

    @Test
    void switches_are_kept() {
        Context context = open(Language.ENGLISH, Brightness.LIGHT);
        click("preferences-hide");
        assertThat(context.settings().settings().hideBalances()).isTrue();
        click("preferences-notifications");
        assertThat(context.settings().settings().notifications()).isFalse();
    }

    @Test
    void the_app_starts_by_itself_if_that_can_be_written() {
        open(Language.ENGLISH, Brightness.LIGHT);
        click("preferences-autostart");
        await("the entry is there", () -> autostart.on);
    }

    @Test
    void a_switch_that_can_not_be_changed_goes_back_and_says_why() {
        autostart.broken = true;
        open(Language.ENGLISH, Brightness.LIGHT);
        await("it is told", () -> isThere("preferences-failure"));
        assertThat(text("preferences-failure-title")).contains("could not be changed");
    }

    @Test
    void a_report_is_looked_at_before_it_is_saved() throws IOException {
        open(Language.ENGLISH, Brightness.LIGHT);
        daemon.say(new DaemonState.Live(Statuses.serving()));
        Toolkit.settle();
        assertThat(isThere("preferences-preview")).isFalse();

        Toolkit.run(() -> ((ScrollPane) root()).setVvalue(1));
        Toolkit.settle();
        click("preferences-report");
        String shown = text("preferences-report-text");
        assertThat(shown).contains("service: ").doesNotContain(Statuses.PEER, "12D3KooW");

        Toolkit.run(() -> ((ScrollPane) root()).setVvalue(0.85));
        Toolkit.settle();
        click("preferences-report-save");
        await("it is saved", () -> !text("preferences-report-saved").isEmpty());
        assertThat(Files.readString(folder.resolve("flowshield-report.txt"))).isEqualTo(shown);
    }

    @Test
    void nothing_is_watched_when_it_is_hidden() {
        desks.always("network", Wallets.network());
        Toolkit.run(
                () -> {
                    PreferencesScreen screen =
                            new PreferencesScreen(
                                    Contexts.of(daemon, Language.ENGLISH, desks), surroundings());
                    screen.shown();
                    assertThat(daemon.watchers()).isEqualTo(1);
                    screen.hidden();
                });
        assertThat(daemon.watchers()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void can_be_used_by_everybody_in_every_language(Language language) {
        for (Brightness brightness : List.of(Brightness.LIGHT, Brightness.DARK)) {
            daemon.say(new DaemonState.Live(Statuses.serving()));
            open(language, brightness);
            assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).isEmpty();
            Toolkit.run(() -> scene().getWindow().setWidth(700));
            Toolkit.settle();
            assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).isEmpty();
        }
    }

    @Test
    void looks_as_it_shall() {
        daemon.say(new DaemonState.Live(Statuses.serving()));
        open(Language.ENGLISH, Brightness.LIGHT);
        Golden.compare("settings-light", scene());
        open(Language.ENGLISH, Brightness.DARK);
        Golden.compare("settings-dark", scene());
    }

    private javafx.scene.Node root() {
        return scene().getRoot().getChildrenUnmodifiable().getFirst();
    }

    private Context open(Language language, Brightness brightness) {
        desks.always("network", Wallets.network());
        Context context = Contexts.of(daemon, language, desks);
        show(
                Toolkit.on(
                        () -> {
                            PreferencesScreen screen =
                                    new PreferencesScreen(context, surroundings());
                            screen.shown();
                            return screen.root();
                        }),
                brightness);
        return context;
    }

    private Surroundings surroundings() {
        return new Surroundings(
                new Look() {
                    @Override
                    public void brightness(Brightness chosen) {
                        looks.add(chosen.name());
                    }

                    @Override
                    public void language(@Nullable Language chosen) {
                        looks.add(chosen == null ? "" : chosen.name());
                    }
                },
                autostart,
                (_, name) -> Optional.of(folder.resolve(name)),
                new SystemClipboard() {
                    @Override
                    public void put(String text) {
                        copied.add(text);
                    }

                    @Override
                    public Optional<String> text() {
                        return Optional.empty();
                    }
                },
                new Facts(
                        "0.1.0",
                        Path.of("/home/ann/.config/flowshield/app.json"),
                        null,
                        "Linux 6.12, amd64",
                        "Java 25, JavaFX 26",
                        "GNOME, wayland"));
    }

    private static final class FakeAutostart implements Autostart {

        private volatile boolean on;
        private volatile boolean broken;

        @Override
        public boolean isOn() throws IOException {
            if (broken) {
                throw new IOException("read-only");
            }
            return on;
        }

        @Override
        public void set(boolean now) {
            on = now;
        }
    }
}

package org.flowshield.app.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.page.Pages;
import org.flowshield.app.screen.Context;
import org.flowshield.app.system.SystemClipboard;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.SceneAudit;
import org.flowshield.app.testkit.Statuses;
import org.flowshield.app.testkit.Toolkit;
import org.flowshield.app.testkit.UiTest;
import org.flowshield.app.text.Language;
import org.flowshield.app.theme.Brightness;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.logs.LogEntry;
import org.flowshield.node.api.logs.LogExcerpt;
import org.flowshield.node.api.logs.LogLevel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LogViewerTest extends UiTest {

    private static final DaemonState LIVE = new DaemonState.Live(Statuses.serving());
    private static final DaemonState AWAY =
            new DaemonState.Away(DaemonState.Reason.STOPPED, "it died");

    private final FakeDaemon daemon = new FakeDaemon();
    private final List<String> copied = new ArrayList<>();
    private @Nullable LogViewer opened;

    @TempDir private Path folder;

    @Test
    void the_log_is_shown_when_it_is_asked_for_and_followed() {
        daemon.answer("logs", excerpt(1, 2));
        daemon.always("logs", new LogExcerpt(Contexts.NOW, 2, 0, List.of()));
        open(Language.ENGLISH, Brightness.LIGHT, LIVE);
        assertThat(isThere("logs")).isFalse();
        click("logs-show");
        await("it is shown", () -> text("logs-text").contains("number 2"));
        assertThat(text("logs-text")).startsWith("2026-03-01T12:30:00.000Z WARN  Some: number 1\n");
        assertThat(text("logs-state")).startsWith("2 entries");
        assertThat(Toolkit.on(() -> node("logs-text").getLayoutBounds().getHeight()))
                .as("it has room, although the page is longer than the window")
                .isGreaterThan(200);
        daemon.answer("logs", excerpt(3, 3));
        await("it is followed", () -> text("logs-text").contains("number 3"));
        click("logs-close");
        assertThat(isThere("logs")).isFalse();
    }

    @Test
    void who_reads_is_left_alone_until_he_wants_the_newest() {
        daemon.answer("logs", excerpt(1, 60));
        daemon.always("logs", new LogExcerpt(Contexts.NOW, 60, 0, List.of()));
        open(Language.ENGLISH, Brightness.LIGHT, LIVE);
        click("logs-show");
        await("it is shown", () -> text("logs-text").contains("number 60"));
        assertThat(node("logs-newest").isDisabled()).isTrue();
        click("logs-text");
        daemon.answer("logs", excerpt(61, 61));
        await("it is known", () -> text("logs-state").startsWith("61 entries"));
        assertThat(text("logs-text")).doesNotContain("number 61");
        click("logs-newest");
        assertThat(text("logs-text")).contains("number 61");
    }

    @Test
    void of_a_long_log_the_newest_are_shown_and_all_are_copied() {
        daemon.answer("logs", excerpt(1, 2000));
        daemon.always("logs", new LogExcerpt(Contexts.NOW, 2000, 0, List.of()));
        open(Language.ENGLISH, Brightness.LIGHT, LIVE);
        click("logs-show");
        await("it is shown", () -> text("logs-text").contains("number 2000"));
        assertThat(text("logs-text").lines()).hasSize(LogPanel.SHOWN_ENTRIES);
        click("logs-copy");
        assertThat(copied.getFirst().lines()).hasSize(2000);
    }

    @Test
    void a_service_that_is_away_is_said_and_where_its_log_is() {
        open(Language.ENGLISH, Brightness.LIGHT, AWAY);
        click("logs-show");
        assertThat(text("logs-state")).contains("does not answer", "journal");
        assertThat(text("logs-journal")).contains("journalctl -u flowshieldd");
        assertThat(node("logs-copy").isDisabled()).isTrue();
        click("logs-journal-copy");
        assertThat(copied).containsExactly("journalctl -u flowshieldd");
    }

    @Test
    void the_apps_own_is_shown_with_its_place() {
        open(Language.ENGLISH, Brightness.LIGHT, AWAY);
        click("logs-show");
        click("logs-source-app");
        await("it is shown", () -> text("logs-text").contains("no tray"));
        assertThat(text("logs-text")).doesNotContain("details");
        Toolkit.run(() -> levels().setValue(LogLevel.DEBUG));
        await("all is shown", () -> text("logs-text").contains("details"));
        click("logs-path-copy");
        assertThat(copied).containsExactly(folder.resolve("app.log").toString());
    }

    @SuppressWarnings("unchecked")
    private ComboBox<LogLevel> levels() {
        return (ComboBox<LogLevel>) node("logs-level");
    }

    @Test
    void it_can_be_used_by_keys_alone() {
        daemon.always("logs", excerpt(1, 1));
        open(Language.ENGLISH, Brightness.LIGHT, LIVE);
        Toolkit.run(() -> node("logs-show").requestFocus());
        press(KeyCode.SPACE);
        await("it is shown", () -> text("logs-text").contains("number 1"));
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            press(KeyCode.TAB);
            reached.add(Toolkit.on(() -> String.valueOf(scene().getFocusOwner().getId())));
        }
        assertThat(reached)
                .contains(
                        "logs-source-service",
                        "logs-source-app",
                        "logs-level",
                        "logs-text",
                        "logs-copy",
                        "logs-save",
                        "logs-close",
                        "logs-journal-copy");
    }

    @Test
    void nothing_is_asked_for_when_it_is_hidden() {
        daemon.always("logs", excerpt(1, 1));
        open(Language.ENGLISH, Brightness.LIGHT, LIVE);
        click("logs-show");
        await("it is shown", () -> text("logs-text").contains("number 1"));
        Toolkit.run(() -> viewer().hidden());
        assertThat(isThere("logs")).isFalse();
        assertThat(text("logs-text")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void can_be_used_by_everybody_in_every_language(Language language) {
        for (Brightness brightness : List.of(Brightness.LIGHT, Brightness.DARK)) {
            daemon.always("logs", excerpt(1, 30));
            open(language, brightness, LIVE);
            click("logs-show");
            await("it is shown", () -> text("logs-text").contains("number 30"));
            audit();
            click("logs-source-app");
            await("it is shown", () -> text("logs-text").contains("no tray"));
            audit();
            daemon.refuse("logs", new Problem("not_found", "there is nothing at /v1/logs", ""));
            daemon.always("logs", new LogExcerpt(Contexts.NOW, 0, 0, List.of()));
            click("logs-source-service");
            Toolkit.settle();
            audit();
            Toolkit.run(() -> viewer().heard(AWAY));
            audit();
        }
    }

    private LogViewer viewer() {
        return Objects.requireNonNull(opened, "open it first");
    }

    private void audit() {
        Toolkit.settle();
        assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).isEmpty();
        double width = Toolkit.on(() -> scene().getWindow().getWidth());
        Toolkit.run(() -> scene().getWindow().setWidth(LEAST_WIDTH));
        Toolkit.settle();
        assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).isEmpty();
        Toolkit.run(() -> scene().getWindow().setWidth(width));
        Toolkit.settle();
    }

    private static LogExcerpt excerpt(long first, long last) {
        return new LogExcerpt(
                Contexts.NOW,
                last,
                0,
                LongStream.rangeClosed(first, last)
                        .mapToObj(
                                number ->
                                        new LogEntry(
                                                number,
                                                Contexts.NOW,
                                                LogLevel.WARN,
                                                "a.Some",
                                                "number " + number))
                        .toList());
    }

    private void open(Language language, Brightness brightness, DaemonState state) {
        Context context = Contexts.of(daemon, language);
        OwnLog own = new OwnLog(folder.resolve("app.log"), Instant.EPOCH, ZoneOffset.UTC);
        own.take(Contexts.NOW, LogLevel.WARN, "a.Some", "no tray");
        own.take(Contexts.NOW, LogLevel.DEBUG, "a.Some", "details");
        own.close();
        show(
                Toolkit.on(
                        () -> {
                            LogViewer viewer =
                                    new LogViewer(
                                            context,
                                            own,
                                            (_, name) -> Optional.of(folder.resolve(name)),
                                            clipboard());
                            viewer.heard(state);
                            opened = viewer;
                            VBox page = new VBox(Pages.panel(viewer.root()));
                            page.getStyleClass().add("page");
                            return Pages.scrolling(page);
                        }),
                brightness);
    }

    private SystemClipboard clipboard() {
        return new SystemClipboard() {
            @Override
            public void put(String text) {
                copied.add(text);
            }

            @Override
            public Optional<String> text() {
                return Optional.empty();
            }
        };
    }
}

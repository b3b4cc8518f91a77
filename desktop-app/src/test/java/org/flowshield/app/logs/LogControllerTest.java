package org.flowshield.app.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.system.SystemClipboard;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.HandUi;
import org.flowshield.app.testkit.Statuses;
import org.flowshield.app.text.Language;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.logs.LogEntry;
import org.flowshield.node.api.logs.LogExcerpt;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.api.logs.LogQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log is asked for while somebody looks at it, and nothing is asked for twice. */
@Timeout(60)
final class LogControllerTest {

    private static final DaemonState LIVE = new DaemonState.Live(Statuses.serving());
    private static final DaemonState AWAY =
            new DaemonState.Away(DaemonState.Reason.STOPPED, "it died");
    private static final Instant BEGUN = Contexts.NOW;
    private static final LogQuery NEWS = new LogQuery(LogQuery.MAX_LINES, LogLevel.INFO);

    @TempDir private Path folder;

    private final FakeDaemon daemon = new FakeDaemon();
    private final HandUi ui = new HandUi();
    private final LogModel model = new LogModel();
    private final List<String> copied = new ArrayList<>();
    private Instant now = Contexts.NOW;

    private LogController controller() {
        return controller(new OwnLog(folder.resolve("app.log"), BEGUN, ZoneOffset.UTC));
    }

    private LogController controller(OwnLog own) {
        return new LogController(
                model,
                Contexts.of(daemon, Language.ENGLISH, ui, _ -> {}, () -> now),
                own,
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
                });
    }

    private static LogEntry entry(long number) {
        return new LogEntry(number, BEGUN, LogLevel.INFO, "a.Some", "number " + number);
    }

    private static LogExcerpt excerpt(Instant begun, long first, long last) {
        return new LogExcerpt(
                begun,
                last,
                0,
                IntStream.rangeClosed((int) first, (int) last)
                        .mapToObj(LogControllerTest::entry)
                        .toList());
    }

    private List<Object> questions() {
        return daemon.asked().stream()
                .filter(asked -> asked.what().equals("logs"))
                .map(FakeDaemon.Asked::with)
                .toList();
    }

    private List<Long> shown() {
        List<LogEntry> entries = model.entries().get();
        return entries == null ? List.of() : entries.stream().map(LogEntry::number).toList();
    }

    private LogController opened(LogExcerpt first) {
        LogController controller = controller();
        controller.heard(LIVE);
        daemon.answer("logs", first);
        controller.open();
        ui.await("it is read", () -> model.entries().get() != null);
        return controller;
    }

    @Test
    void nothing_is_asked_before_it_is_opened_and_after_it_is_closed() {
        LogController controller = controller();
        controller.heard(LIVE);
        controller.tick();
        assertThat(questions()).isEmpty();
        daemon.answer("logs", excerpt(BEGUN, 1, 2));
        controller.open();
        ui.await("it is read", () -> model.entries().get() != null);
        controller.close();
        controller.tick();
        controller.heard(AWAY);
        controller.heard(LIVE);
        ui.settle();
        assertThat(questions()).containsExactly(NEWS);
        assertThat(model.entries().get()).isNull();
    }

    @Test
    void only_what_is_new_is_asked_for_and_put_behind() {
        LogController controller = opened(excerpt(BEGUN, 1, 3));
        daemon.answer("logs", excerpt(BEGUN, 4, 5));
        controller.tick();
        controller.tick(); // one question at a time
        ui.await("it is shown", () -> shown().size() == 5);
        assertThat(shown()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(questions()).containsExactly(NEWS, NEWS.after(3));
    }

    @Test
    void no_more_is_kept_than_the_service_keeps() {
        LogController controller = opened(excerpt(BEGUN, 1, LogQuery.MAX_LINES));
        daemon.answer("logs", excerpt(BEGUN, LogQuery.MAX_LINES + 1, LogQuery.MAX_LINES + 5));
        controller.tick();
        ui.await("it is shown", () -> shown().contains(LogQuery.MAX_LINES + 5L));
        assertThat(shown()).hasSize(LogQuery.MAX_LINES).startsWith(6L);
    }

    @Test
    void a_service_that_was_started_anew_is_asked_for_all() {
        LogController controller = opened(excerpt(BEGUN, 1, 3));
        Instant later = BEGUN.plusSeconds(60);
        daemon.answer("logs", new LogExcerpt(later, 1, 0, List.of()));
        daemon.answer("logs", excerpt(later, 1, 1));
        controller.tick();
        ui.await("the new one is shown", () -> shown().equals(List.of(1L)));
        assertThat(questions()).containsExactly(NEWS, NEWS.after(3), NEWS);
    }

    @Test
    void what_was_told_stays_while_the_service_is_away_and_it_is_not_asked() {
        LogController controller = opened(excerpt(BEGUN, 1, 3));
        controller.heard(AWAY);
        controller.tick();
        assertThat(shown()).hasSize(3);
        assertThat(questions()).hasSize(1);
        daemon.answer("logs", excerpt(BEGUN, 4, 4));
        controller.heard(LIVE);
        ui.await("it goes on", () -> shown().size() == 4);
    }

    @Test
    void another_level_is_asked_for_anew() {
        LogController controller = opened(excerpt(BEGUN, 1, 3));
        daemon.answer("logs", excerpt(BEGUN, 2, 2));
        controller.level(LogLevel.WARN);
        ui.await("it is shown", () -> shown().equals(List.of(2L)));
        assertThat(questions()).endsWith(new LogQuery(LogQuery.MAX_LINES, LogLevel.WARN));
    }

    @Test
    void a_service_that_does_not_tell_is_said_and_asked_again_after_a_while() {
        LogController controller = controller();
        controller.heard(LIVE);
        daemon.refuse("logs", new Problem("not_found", "there is nothing at /v1/logs", ""));
        controller.open();
        ui.await("it is said", () -> model.failure().get() != null);
        controller.tick();
        assertThat(questions()).hasSize(1);
        daemon.answer("logs", excerpt(BEGUN, 1, 1));
        now = now.plusSeconds(60);
        controller.tick();
        ui.await("it is shown", () -> shown().size() == 1);
        assertThat(model.failure().get()).isNull();
    }

    @Test
    void a_service_that_goes_away_while_it_is_asked_is_no_failure() {
        LogController controller = controller();
        controller.heard(LIVE);
        daemon.answer(
                "logs", new Failure(Failure.Kind.NO_DAEMON, new Problem("no_daemon", "gone", "")));
        controller.open();
        ui.await("it was asked", () -> questions().size() == 1);
        daemon.answer("logs", excerpt(BEGUN, 1, 1));
        ui.await(
                "it is asked again",
                () -> {
                    controller.tick();
                    return shown().size() == 1;
                });
        assertThat(model.failure().get()).isNull();
    }

    @Test
    void the_apps_own_is_read_without_the_service() {
        OwnLog own = new OwnLog(folder.resolve("app.log"), BEGUN, ZoneOffset.UTC);
        own.take(BEGUN, LogLevel.WARN, "a.Some", "no tray");
        own.take(BEGUN, LogLevel.DEBUG, "a.Some", "details");
        LogController controller = controller(own);
        controller.heard(AWAY);
        controller.open();
        controller.choose(LogSource.APP);
        ui.await("it is read", () -> shown().size() == 1);
        own.take(BEGUN, LogLevel.WARN, "a.Some", "still no tray");
        controller.tick();
        ui.await("it is followed", () -> shown().size() == 2);
        assertThat(questions()).isEmpty();
        own.close();
    }

    @Test
    void what_is_copied_and_saved_is_all_of_it() throws IOException {
        LogController controller = opened(excerpt(BEGUN, 1, 1000));
        controller.copy();
        assertThat(copied.getFirst().lines()).hasSize(1000);
        assertThat(copied.getFirst()).startsWith("2026-03-01T12:30:00.000Z INFO  Some: number 1\n");
        controller.save("Save");
        ui.await("it is saved", () -> !model.saved().get().isEmpty());
        assertThat(Files.readString(folder.resolve("flowshield-service-log.txt")))
                .isEqualTo(copied.getFirst());
    }

    @Test
    void a_file_that_can_not_be_written_is_said() throws IOException {
        LogController controller = opened(excerpt(BEGUN, 1, 1));
        Path _ = Files.createDirectory(folder.resolve("flowshield-service-log.txt"));
        controller.save("Save");
        ui.await("it is said", () -> model.failure().get() != null);
        assertThat(Objects.requireNonNull(model.failure().get()).problem().code())
                .isEqualTo("log_not_saved");
        daemon.answer("logs", excerpt(BEGUN, 2, 2));
        controller.tick();
        ui.await("it was read again", () -> shown().size() == 2);
        assertThat(model.failure().get()).isNotNull();
    }
}

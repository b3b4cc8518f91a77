package org.flowshield.app.logs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.daemon.FailureException;
import org.flowshield.app.screen.Context;
import org.flowshield.app.system.FilePicker;
import org.flowshield.app.system.SystemClipboard;
import org.flowshield.app.threads.Work;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.logs.LogEntry;
import org.flowshield.node.api.logs.LogExcerpt;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.api.logs.LogQuery;
import org.flowshield.node.api.logs.LogText;
import org.jspecify.annotations.Nullable;

/**
 * Asks for what was written since it asked last, as long as somebody looks at it. For the FX
 * thread.
 */
final class LogController {

    /** A service that has no log to tell is not asked each time; each refusal is a line of ours. */
    private static final Duration AFTER_A_REFUSAL = Duration.ofMinutes(1);

    private final LogModel model;
    private final Context context;
    private final OwnLog own;
    private final FilePicker picker;
    private final SystemClipboard clipboard;

    /** The last answer; null: the next one is about all that is kept. */
    private @Nullable LogExcerpt told;

    private Work.@Nullable Running asking;
    private Work.@Nullable Running saving;

    /** Whoever refused is asked again then, and the failure that is shown is its. */
    private @Nullable Instant refusedUntil;

    LogController(
            LogModel model,
            Context context,
            OwnLog own,
            FilePicker picker,
            SystemClipboard clipboard) {
        this.model = model;
        this.context = context;
        this.own = own;
        this.picker = picker;
        this.clipboard = clipboard;
    }

    void open() {
        if (!model.open().get()) {
            model.open().set(true);
            beginAnew();
        }
    }

    void close() {
        model.open().set(false);
        forget();
        if (saving != null) {
            saving.cancel();
            saving = null;
        }
        model.saved().set("");
    }

    /** What the service had told before it went away stays, for that is what is looked for. */
    void heard(DaemonState state) {
        boolean live = state instanceof DaemonState.Live;
        boolean back = live && !model.live().get();
        model.live().set(live);
        if (back) {
            answered();
        }
        if (back) {
            tick();
        }
    }

    void choose(LogSource source) {
        if (source != model.source().get()) {
            model.source().set(source);
            beginAnew();
        }
    }

    void level(LogLevel level) {
        if (level != model.level().get()) {
            model.level().set(level);
            beginAnew();
        }
    }

    private void beginAnew() {
        forget();
        tick();
    }

    private void forget() {
        if (asking != null) {
            asking.cancel();
            asking = null;
        }
        told = null;
        refusedUntil = null;
        model.entries().set(null);
        model.failure().set(null);
    }

    /** It is time to look again. */
    void tick() {
        boolean service = model.source().get() == LogSource.SERVICE;
        if (!model.open().get() || asking != null || (service && !model.live().get())) {
            return;
        }
        if (refusedUntil != null && context.clock().instant().isBefore(refusedUntil)) {
            return;
        }
        LogExcerpt before = told;
        LogQuery all = new LogQuery(LogQuery.MAX_LINES, model.level().get());
        LogQuery query = before == null ? all : all.after(before.last());
        asking =
                context.work()
                        .start(
                                "logs",
                                () -> service ? context.daemon().logs(query) : own.read(query),
                                this::show,
                                this::refused);
    }

    private void show(LogExcerpt next) {
        asking = null;
        answered();
        LogExcerpt before = told;
        if (before != null && !before.begun().equals(next.begun())) {
            beginAnew(); // another run, with numbers of its own
            return;
        }
        told = next;
        List<LogEntry> shown = model.entries().get();
        if (shown == null) {
            model.entries().set(next.entries());
        } else if (!next.entries().isEmpty()) {
            model.entries().set(newest(shown, next.entries()));
        }
    }

    /** A failure of something else stays. */
    private void answered() {
        if (refusedUntil != null) {
            refusedUntil = null;
            model.failure().set(null);
        }
    }

    private static List<LogEntry> newest(List<LogEntry> shown, List<LogEntry> more) {
        List<LogEntry> all = new ArrayList<>(shown);
        all.addAll(more);
        return List.copyOf(all.subList(Math.max(0, all.size() - LogQuery.MAX_LINES), all.size()));
    }

    private void refused(Failure why) {
        asking = null;
        boolean known = why.kind() == Failure.Kind.NO_DAEMON; // of that the panel tells
        if (!known) {
            refusedUntil = context.clock().instant().plus(AFTER_A_REFUSAL);
            model.failure().set(why);
        }
    }

    /** All that is known at this level, not only what fits on the page. */
    void copy() {
        clipboard.put(text(known()));
    }

    void copy(String text) {
        clipboard.put(text);
    }

    private List<LogEntry> known() {
        List<LogEntry> entries = model.entries().get();
        return entries == null ? List.of() : entries;
    }

    private String text(List<LogEntry> entries) {
        return new LogText(context.format().zone()).of(entries) + System.lineSeparator();
    }

    /** Writes the same where the person wants it. */
    void save(String title) {
        String name =
                model.source().get() == LogSource.SERVICE
                        ? "flowshield-service-log.txt"
                        : "flowshield-app-log.txt";
        picker.save(title, name).ifPresent(file -> save(known(), file));
    }

    private void save(List<LogEntry> entries, Path file) {
        model.failure().set(null);
        saving =
                context.work()
                        .start(
                                "save-log",
                                () -> written(text(entries), file),
                                saved -> model.saved().set(saved.toString()),
                                model.failure()::set);
    }

    private static Path written(String text, Path file) throws FailureException {
        try {
            return Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new FailureException(
                    new Failure(
                            Failure.Kind.REFUSED,
                            new Problem(
                                    "log_not_saved",
                                    "the log can't be written to " + file + ": " + e.getMessage(),
                                    "see whether the disk has room and the folder is yours")),
                    e);
        }
    }
}

package org.flowshield.app.preferences;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.daemon.FailureException;
import org.flowshield.app.logs.LogViewer;
import org.flowshield.app.screen.Context;
import org.flowshield.app.settings.Settings;
import org.flowshield.app.system.Autostart;
import org.flowshield.app.text.Language;
import org.flowshield.app.theme.Brightness;
import org.flowshield.app.threads.Work;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.logs.LogEntry;
import org.jspecify.annotations.Nullable;

/** Keeps what is chosen, and puts it into force at once. For the FX thread. */
final class PreferencesController {

    private final PreferencesModel model;
    private final ConnectionController connection;
    private final LogViewer logs;
    private final NetworkController network;
    private final Context context;
    private final Surroundings around;
    private Daemon.@Nullable Watch watch;
    private Work.@Nullable Running reporting;
    private boolean seen;

    PreferencesController(
            PreferencesModel model,
            ConnectionController connection,
            LogViewer logs,
            NetworkController network,
            Context context,
            Surroundings around) {
        this.model = model;
        this.connection = connection;
        this.logs = logs;
        this.network = network;
        this.context = context;
        this.around = around;
    }

    void shown() {
        Settings settings = context.settings().settings();
        model.brightness().set(settings.brightness());
        model.language().set(settings.language());
        model.notifications().set(settings.notifications());
        model.hideBalances().set(settings.hideBalances());
        Autostart autostart = around.autostart();
        if (autostart != null) {
            Work.Running _ =
                    context.work()
                            .start(
                                    "autostart",
                                    () -> asked(autostart),
                                    on -> model.autostart().set(on),
                                    model.failure()::set);
        }
        seen = true;
        watch = context.daemon().watch(state -> context.ui().run(() -> heard(state)));
    }

    /** What was told before it was hidden may come after that. */
    private void heard(DaemonState state) {
        if (seen) {
            model.daemon().set(state);
            connection.heard(state);
            logs.heard(state);
            network.heard(state);
        }
    }

    void hidden() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
        seen = false;
        connection.hidden();
        logs.hidden();
        network.hidden();
        closeReport();
        model.failure().set(null);
    }

    void brightness(Brightness chosen) {
        if (chosen != model.brightness().get()) {
            model.brightness().set(chosen);
            Settings _ = context.settings().change(before -> before.withBrightness(chosen));
            around.look().brightness(chosen);
        }
    }

    /** All screens, this one too, are made anew by that. */
    void language(@Nullable Language chosen) {
        if (chosen != model.language().get()) {
            model.language().set(chosen);
            Settings _ = context.settings().change(before -> before.withLanguage(chosen));
            around.look().language(chosen);
        }
    }

    void notifications(boolean tell) {
        model.notifications().set(tell);
        Settings _ = context.settings().change(before -> before.withNotifications(tell));
    }

    void hideBalances(boolean hide) {
        model.hideBalances().set(hide);
        Settings _ = context.settings().change(before -> before.withHideBalances(hide));
    }

    /** Where it can't be written, the switch goes back and says why. */
    void autostart(boolean on) {
        Autostart autostart = around.autostart();
        if (autostart == null || on == model.autostart().get()) {
            return;
        }
        model.autostart().set(on);
        model.failure().set(null);
        Work.Running _ =
                context.work()
                        .start(
                                "autostart",
                                () -> changed(autostart, on),
                                now -> model.autostart().set(now),
                                why -> {
                                    model.autostart().set(!on);
                                    model.failure().set(why);
                                });
    }

    private static boolean asked(Autostart autostart) throws FailureException {
        try {
            return autostart.isOn();
        } catch (IOException e) {
            throw failed("autostart_failed", "whether the app starts by itself can't be read", e);
        }
    }

    private static boolean changed(Autostart autostart, boolean on) throws FailureException {
        try {
            autostart.set(on);
            return on;
        } catch (IOException e) {
            throw failed("autostart_failed", "the file that starts the app can't be changed", e);
        }
    }

    /** Shows what would be sent, as soon as the service has told what went wrong. */
    void makeReport() {
        closeReport();
        DaemonState state = model.daemon().get();
        reporting =
                context.work()
                        .start(
                                "report",
                                () -> report(state),
                                model.report()::set,
                                model.failure()::set);
    }

    private String report(DaemonState state) throws InterruptedException {
        return Report.of(
                around.facts(),
                context.settings().settings(),
                state,
                new Report.Troubles(
                        state instanceof DaemonState.Live ? serviceTroubles() : null,
                        around.log().read(Report.TROUBLES).entries()),
                context.clock().instant());
    }

    /** Null: it does not say, as one that is older than the app. */
    private @Nullable List<LogEntry> serviceTroubles() throws InterruptedException {
        try {
            return context.daemon().logs(Report.TROUBLES).entries();
        } catch (FailureException e) {
            return null;
        }
    }

    void closeReport() {
        if (reporting != null) {
            reporting.cancel();
            reporting = null;
        }
        model.report().set("");
        model.saved().set("");
    }

    void copy(String text) {
        around.clipboard().put(text);
    }

    /** Writes the report where the person wants it. */
    void saveReport(String title) {
        around.picker()
                .save(title, "flowshield-report.txt")
                .ifPresent(file -> saveReport(model.report().get(), file));
    }

    private void saveReport(String report, Path file) {
        model.failure().set(null);
        Work.Running _ =
                context.work()
                        .start(
                                "report",
                                () -> written(report, file),
                                saved -> model.saved().set(saved.toString()),
                                model.failure()::set);
    }

    private static Path written(String report, Path file) throws FailureException {
        try {
            return Files.writeString(file, report, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw failed("report_not_saved", "the report can't be written to " + file, e);
        }
    }

    private static FailureException failed(String code, String message, IOException cause) {
        return new FailureException(
                new Failure(
                        Failure.Kind.REFUSED,
                        new Problem(
                                code,
                                message + ": " + cause.getMessage(),
                                "see whether the disk has room and the folder is yours")),
                cause);
    }
}

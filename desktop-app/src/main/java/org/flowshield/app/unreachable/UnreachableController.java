package org.flowshield.app.unreachable;

import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.service.Installing;
import org.flowshield.app.service.ServiceSetup;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Ui;
import org.flowshield.app.threads.Work;
import org.jspecify.annotations.Nullable;

/** Says why nobody answers, and what helps. For the FX thread. */
final class UnreachableController {

    private final UnreachableModel model;
    private final Daemon daemon;
    private final Texts texts;
    private final Ui ui;
    private final ServiceSetup setup;
    private final Installing installing;
    private Daemon.@Nullable Watch watch;

    UnreachableController(
            UnreachableModel model,
            Daemon daemon,
            Texts texts,
            Ui ui,
            Work work,
            ServiceSetup setup) {
        this.model = model;
        this.daemon = daemon;
        this.texts = texts;
        this.ui = ui;
        this.setup = setup;
        this.installing = new Installing(setup, daemon, work, model.busy(), model.failure());
    }

    void shown() {
        watch = daemon.watch(state -> ui.run(() -> heard(state)));
    }

    void hidden() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
        model.failure().set(null);
    }

    void retry() {
        daemon.retryNow();
    }

    /** Lets an administrator install the service. */
    void install() {
        installing.begin();
    }

    private void heard(DaemonState state) {
        if (state instanceof DaemonState.Away(DaemonState.Reason reason, String _)) {
            String key =
                    switch (reason) {
                        case NOT_RUNNING -> "missing";
                        case STOPPED -> "stopped";
                        case NOT_ALLOWED -> "forbidden";
                    };
            model.title().set(texts.of(key + ".title"));
            model.meaning().set(texts.of(key + ".meaning"));
            model.remedy().set(texts.of(key + ".remedy"));
            model.command().set(texts.of(key + ".command"));
            model.installable().set(reason == DaemonState.Reason.NOT_RUNNING && setup.canInstall());
        }
    }
}

package org.flowshield.app.connect;

import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.threads.Ui;
import org.flowshield.app.threads.Work;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.jspecify.annotations.Nullable;

/** Connects and disconnects, and keeps the model true. For the FX thread. */
final class ConnectController {

    private final ConnectModel model;
    private final Daemon daemon;
    private final Work work;
    private final Ui ui;
    private Daemon.@Nullable Watch watch;

    ConnectController(ConnectModel model, Daemon daemon, Work work, Ui ui) {
        this.model = model;
        this.daemon = daemon;
        this.work = work;
        this.ui = ui;
    }

    void shown() {
        watch = daemon.watch(state -> ui.run(() -> heard(state)));
    }

    void hidden() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    /** Connects to the best, or ends what is. */
    void toggle() {
        model.failure().set(null);
        if (model.state().get() == ClientState.DISCONNECTED) {
            ConnectRequest best = ConnectRequest.best(null, ConnectRequest.DEFAULT_LANES, null);
            Work.Running _ =
                    work.start(
                            "connect",
                            () -> daemon.connect(best),
                            this::show,
                            failure -> model.failure().set(failure));
        } else {
            Work.Running _ =
                    work.start(
                            "disconnect",
                            daemon::disconnect,
                            this::show,
                            failure -> model.failure().set(failure));
        }
    }

    private void heard(DaemonState state) {
        if (state instanceof DaemonState.Live(var status)) {
            ClientStatus client = status.client();
            if (client == null) {
                model.state().set(ClientState.DISCONNECTED);
                model.provider().set("");
            } else {
                show(client);
            }
        }
    }

    private void show(ClientStatus client) {
        model.state().set(client.state());
        model.provider().set(client.provider() == null ? "" : client.provider());
    }
}

package org.flowshield.app.shell;

import java.util.Set;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.navigation.Destination;
import org.flowshield.app.navigation.Navigator;
import org.flowshield.app.settings.SettingsFile;
import org.flowshield.app.threads.Ui;

/** Decides what the window shows. For the FX thread. */
final class ShellController implements Navigator, AutoCloseable {

    /** What is of use while no daemon answers. */
    private static final Set<Destination> WITHOUT_DAEMON =
            Set.of(Destination.WALLET, Destination.PREFERENCES);

    private final ShellModel model;
    private final SettingsFile settings;
    private final Daemon.Watch watch;
    private boolean away;

    ShellController(ShellModel model, Daemon daemon, SettingsFile settings, Ui ui) {
        this.model = model;
        this.settings = settings;
        model.place().set(settings.settings().last());
        this.watch = daemon.watch(state -> ui.run(() -> heard(state)));
    }

    @Override
    public void go(Destination destination) {
        model.place().set(destination);
        settings.change(before -> before.withLast(destination));
        cover();
    }

    private void heard(DaemonState state) {
        away =
                switch (state) {
                    case DaemonState.Unknown _, DaemonState.Live _ -> false;
                    case DaemonState.Away _ -> true;
                };
        cover();
    }

    private void cover() {
        model.daemonAway().set(away && !WITHOUT_DAEMON.contains(model.place().get()));
    }

    @Override
    public void close() {
        watch.close();
    }
}

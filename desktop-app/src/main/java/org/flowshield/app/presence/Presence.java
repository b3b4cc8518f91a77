package org.flowshield.app.presence;

import java.util.Optional;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.settings.SettingsFile;
import org.flowshield.app.system.Notifier;
import org.flowshield.app.system.Tray;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Ui;
import org.flowshield.app.threads.Work;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.NodeStatus;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tray's icon true, tells of connections that begin, break and end while nobody looks,
 * and decides on what closing the window means. For the FX thread; what talks to the desktop is
 * done beside.
 */
public final class Presence implements AutoCloseable {

    private final Tray tray;
    private final Notifier notifier;
    private final SettingsFile settings;
    private final Texts texts;
    private final Window window;
    private final Work work;
    private final Daemon.Watch watch;

    /** Null: the daemon has not said yet, or is away. */
    private @Nullable ClientState client;

    private Tray.Look look = Tray.Look.OPEN;

    /**
     * @param texts of the part {@code presence}
     */
    public Presence(
            Daemon daemon,
            Tray tray,
            Notifier notifier,
            SettingsFile settings,
            Texts texts,
            Window window,
            Work work,
            Ui ui) {
        this.tray = tray;
        this.notifier = notifier;
        this.settings = settings;
        this.texts = texts;
        this.window = window;
        this.work = work;
        this.watch = daemon.watch(state -> ui.run(() -> heard(state)));
    }

    /** The window is to be closed. */
    public void closeRequested() {
        boolean connected = client != null && client != ClientState.DISCONNECTED;
        if (connected && tray.isThere()) {
            window.hide();
        } else if (!connected || window.mayQuitConnected()) {
            window.quit();
        }
    }

    private void heard(DaemonState state) {
        ClientState before = client;
        client =
                switch (state) {
                    case DaemonState.Live(NodeStatus status) -> state(status.client());
                    case DaemonState.Unknown _, DaemonState.Away _ -> null;
                };
        if (client == before) {
            return;
        }
        show(look(client));
        if (before != null && client != null) {
            news(before, client).ifPresent(this::tell);
        }
    }

    private static ClientState state(@Nullable ClientStatus client) {
        return client == null ? ClientState.DISCONNECTED : client.state();
    }

    private static Tray.Look look(@Nullable ClientState client) {
        return switch (client) {
            case null -> Tray.Look.OPEN;
            case DISCONNECTED -> Tray.Look.OPEN;
            case CONNECTING, DISCONNECTING -> Tray.Look.BUSY;
            case CONNECTED -> Tray.Look.CONNECTED;
            case RECONNECTING, BLOCKING_FAILED -> Tray.Look.TROUBLE;
        };
    }

    private void show(Tray.Look now) {
        if (now != look) {
            look = now;
            beside("tray", () -> tray.show(now));
        }
    }

    /** What a change is called in texts; empty: nothing to tell. */
    private static Optional<String> news(ClientState before, ClientState now) {
        return switch (now) {
            case CONNECTED -> Optional.of("connected");
            case RECONNECTING -> Optional.of("reconnecting");
            case BLOCKING_FAILED -> Optional.of("blocking_failed");
            case DISCONNECTED ->
                    before == ClientState.CONNECTING
                            ? Optional.of("failed")
                            : Optional.of("disconnected");
            case CONNECTING, DISCONNECTING -> Optional.empty();
        };
    }

    private void tell(String news) {
        if (settings.settings().notifications() && !window.isInFront()) {
            String title = texts.of(news + ".title");
            String words = texts.of(news + ".words");
            beside("notification", () -> notifier.tell(title, words));
        }
    }

    private void beside(String name, Runnable job) {
        Work.Running _ =
                work.start(
                        name,
                        () -> {
                            job.run();
                            return true;
                        },
                        _ -> {},
                        _ -> {}); // a bug, which is logged; there is no place to tell it
    }

    @Override
    public void close() {
        watch.close();
    }
}

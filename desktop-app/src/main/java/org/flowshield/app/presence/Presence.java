package org.flowshield.app.presence;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javafx.util.Subscription;
import org.flowshield.app.choice.Choice;
import org.flowshield.app.choice.ProviderName;
import org.flowshield.app.connect.QuickConnect;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.screen.Context;
import org.flowshield.app.system.Notifier;
import org.flowshield.app.system.Tray;
import org.flowshield.app.system.TrayMenu;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Work;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.market.FoundProvider;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tray's icon and its menu true and does what is chosen there, tells of connections that
 * begin, break and end while nobody looks, and decides on what closing the window means. For the FX
 * thread; what talks to the desktop is done beside.
 */
public final class Presence implements AutoCloseable {

    /** The menu says for how many minutes a connection lasts. */
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Work work;
    private final Tray tray;
    private final Notifier notifier;
    private final Window window;
    private final QuickConnect quick;
    private final Choice choice;
    private final Daemon.Watch watch;
    private final Subscription asking;

    private Context context;
    private Texts texts;
    private DaemonState daemon = new DaemonState.Unknown();

    /** Null: the daemon has not said yet, or is away. */
    private @Nullable ClientState client;

    private Work.@Nullable Running minute;
    private boolean closed;

    /** What the tray shows. Immutable. */
    private record Face(Tray.Look look, TrayMenu menu) {}

    /** Written by the FX thread; whoever tells the tray reads it. */
    private volatile Face face = new Face(Tray.Look.OPEN, TrayMenu.EMPTY);

    /** Protects the order in which the tray is told: the newest is told last. */
    private final ReentrantLock telling = new ReentrantLock();

    /**
     * @param context in the chosen language
     * @param choice shared with the screens
     */
    public Presence(
            Context context,
            Tray tray,
            Notifier notifier,
            Window window,
            QuickConnect quick,
            Choice choice) {
        this.context = context;
        this.texts = context.texts("presence");
        this.work = context.work();
        this.tray = tray;
        this.notifier = notifier;
        this.window = window;
        this.quick = quick;
        this.choice = choice;
        this.asking = quick.asking().subscribe(this::refresh);
        this.watch = context.daemon().watch(state -> context.ui().run(() -> heard(state)));
    }

    /** Goes on in another language. */
    public void speak(Context now) {
        context = now;
        texts = now.texts("presence");
        refresh();
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

    /** A line of the menu, or the icon; one that is no longer offered does nothing. */
    public void chosen(TrayMenu.Action action) {
        if (action != TrayMenu.Action.OPEN && !face.menu().offers(action)) {
            return;
        }
        switch (action) {
            case CONNECT -> quick.connect();
            case CANCEL, DISCONNECT -> quick.disconnect();
            case OPEN -> window.raise();
            case QUIT -> window.quit(); // its line has said what stays
        }
    }

    private void heard(DaemonState state) {
        if (closed) {
            return; // told on its way here
        }
        ClientState before = client;
        boolean heldBefore = isHeld(daemon);
        daemon = state;
        client =
                switch (state) {
                    case DaemonState.Live(NodeStatus status) -> state(status.client());
                    case DaemonState.Unknown _, DaemonState.Away _ -> null;
                };
        refresh();
        if (isHeld(state)) {
            if (!heldBefore) {
                tell("held");
            }
        } else if (before != null && client != null && client != before) {
            news(before, client).ifPresent(this::tell);
        }
    }

    /** Blocked since the service was killed: told also when nothing was known before. */
    private static boolean isHeld(DaemonState state) {
        if (!(state instanceof DaemonState.Live(NodeStatus status))) {
            return false;
        }
        ClientStatus client = status.client();
        return client != null
                && client.state() == ClientState.RECONNECTING
                && client.provider() == null;
    }

    private static ClientState state(@Nullable ClientStatus client) {
        return client == null ? ClientState.DISCONNECTED : client.state();
    }

    private void refresh() {
        TrayMenu menu =
                new StateMenu(daemon, quick.asking().get(), country(), context.clock().instant())
                        .in(texts);
        Face now = new Face(look(client), menu);
        if (!now.equals(face)) {
            face = now;
            beside("tray", this::tellTray);
        }
        countMinutes();
    }

    private void tellTray() {
        telling.lock();
        try {
            Face newest = face;
            tray.show(newest.look(), newest.menu());
        } finally {
            telling.unlock();
        }
    }

    /** Where the provider says that it is, if a screen has heard of it. */
    private Optional<String> country() {
        return daemon instanceof DaemonState.Live(NodeStatus status) && status.client() != null
                ? Optional.ofNullable(status.client().provider())
                        .flatMap(ProviderName::peerId)
                        .flatMap(choice::known)
                        .map(FoundProvider::country)
                        .map(context.format()::country)
                : Optional.empty();
    }

    /** A tunnel that nobody uses changes nothing that the daemon would tell. */
    private void countMinutes() {
        if (client == ClientState.CONNECTED && minute == null && !closed) {
            minute =
                    work.start(
                            "tray-minute",
                            () -> {
                                Thread.sleep(MINUTE);
                                return true;
                            },
                            _ -> {
                                minute = null;
                                refresh();
                            },
                            _ -> minute = null);
        } else if (client != ClientState.CONNECTED) {
            stopCounting();
        }
    }

    private void stopCounting() {
        if (minute != null) {
            minute.cancel();
            minute = null;
        }
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
        if (context.settings().settings().notifications() && !window.isInFront()) {
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
        closed = true;
        watch.close();
        asking.unsubscribe();
        stopCounting();
    }
}

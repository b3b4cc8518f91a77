package org.flowshield.app.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.screen.Context;
import org.flowshield.app.settings.Settings;
import org.flowshield.app.system.Tray;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.HandUi;
import org.flowshield.app.testkit.Samples;
import org.flowshield.app.text.Language;
import org.flowshield.node.api.ClientState;
import org.junit.jupiter.api.Test;

final class PresenceTest {

    private final FakeDaemon daemon = new FakeDaemon();
    private final HandUi ui = new HandUi();
    private final Context context =
            Contexts.of(
                    daemon,
                    Language.ENGLISH,
                    ui,
                    _ -> {},
                    java.time.InstantSource.fixed(Contexts.NOW));
    private final FakeTray tray = new FakeTray();
    private final FakeWindow window = new FakeWindow();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Presence presence =
            new Presence(
                    daemon,
                    tray,
                    (title, _) -> told.add(title),
                    context.settings(),
                    context.texts("presence"),
                    window,
                    context.work(),
                    ui);

    @Test
    void the_icon_follows_the_connection() {
        say(ClientState.CONNECTED);
        ui.await("connected", () -> tray.looks.contains(Tray.Look.CONNECTED));
        say(ClientState.RECONNECTING);
        ui.await("broken", () -> tray.looks.contains(Tray.Look.TROUBLE));
        daemon.say(new DaemonState.Away(DaemonState.Reason.STOPPED, "it stopped"));
        ui.await("away", () -> tray.looks.contains(Tray.Look.OPEN));
        presence.close();
        assertThat(daemon.watchers()).isZero();
    }

    @Test
    void news_are_told_while_nobody_looks() {
        window.front = false;
        say(ClientState.DISCONNECTED);
        say(ClientState.CONNECTING);
        say(ClientState.CONNECTED);
        say(ClientState.RECONNECTING);
        ui.await("told", () -> told.size() == 2);
        assertThat(told).containsExactlyInAnyOrder("Connected", "The connection broke");
    }

    @Test
    void who_looks_or_wants_none_is_told_nothing() {
        say(ClientState.DISCONNECTED);
        say(ClientState.CONNECTED);
        window.front = false;
        Settings _ = context.settings().change(before -> before.withNotifications(false));
        say(ClientState.DISCONNECTED);
        ui.await("both", () -> tray.looks.contains(Tray.Look.OPEN));
        assertThat(told).isEmpty();
    }

    @Test
    void a_window_that_closes_while_connected_goes_to_the_tray() {
        say(ClientState.CONNECTED);
        ui.await("connected", () -> tray.looks.contains(Tray.Look.CONNECTED));
        presence.closeRequested();
        assertThat(window.done).containsExactly("hide");
    }

    @Test
    void without_a_tray_it_asks_and_does_as_it_is_told() {
        tray.there = false;
        say(ClientState.CONNECTED);
        ui.await("connected", () -> tray.looks.contains(Tray.Look.CONNECTED));
        presence.closeRequested();
        assertThat(window.done).containsExactly("ask");
        window.mayQuit = true;
        presence.closeRequested();
        assertThat(window.done).containsExactly("ask", "ask", "quit");
    }

    @Test
    void without_a_connection_it_just_ends() {
        say(ClientState.DISCONNECTED);
        ui.settle();
        presence.closeRequested();
        assertThat(window.done).containsExactly("quit");
    }

    private void say(ClientState state) {
        daemon.say(
                new DaemonState.Live(
                        Samples.node(Samples.client(state, null, null), Samples.payment("30"))));
    }

    private static final class FakeTray implements Tray {
        private final List<Look> looks = new CopyOnWriteArrayList<>();
        private boolean there = true;

        @Override
        public boolean isThere() {
            return there;
        }

        @Override
        public void show(Look look) {
            looks.add(look);
        }

        @Override
        public void close() {}
    }

    private static final class FakeWindow implements Window {
        private final List<String> done = new ArrayList<>();
        private boolean front = true;
        private boolean mayQuit;

        @Override
        public boolean isInFront() {
            return front;
        }

        @Override
        public void raise() {
            done.add("raise");
        }

        @Override
        public void hide() {
            done.add("hide");
        }

        @Override
        public void quit() {
            done.add("quit");
        }

        @Override
        public boolean mayQuitConnected() {
            done.add("ask");
            return mayQuit;
        }
    }
}

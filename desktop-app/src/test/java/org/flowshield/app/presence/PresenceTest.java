package org.flowshield.app.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flowshield.app.choice.Choice;
import org.flowshield.app.connect.QuickConnect;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.screen.Context;
import org.flowshield.app.settings.Settings;
import org.flowshield.app.system.Tray;
import org.flowshield.app.system.TrayMenu;
import org.flowshield.app.system.TrayMenu.Action;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.HandUi;
import org.flowshield.app.testkit.Samples;
import org.flowshield.app.text.Language;
import org.flowshield.app.threads.Work;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.Traffic;
import org.junit.jupiter.api.Test;

final class PresenceTest {

    private final FakeDaemon daemon = new FakeDaemon();
    private final HandUi ui = new HandUi();

    /** What comes of a click is told when a test says so. */
    private final HandUi quickUi = new HandUi();

    private final Context context = context(Language.ENGLISH);
    private final FakeTray tray = new FakeTray();
    private final FakeWindow window = new FakeWindow();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Choice choice = new Choice();
    private final Presence presence =
            new Presence(
                    context,
                    tray,
                    (title, _) -> told.add(title),
                    window,
                    new QuickConnect(
                            context.daemon(),
                            new Work(quickUi),
                            context.clock(),
                            context.settings(),
                            choice,
                            () -> window.done.add("page")),
                    choice);

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
    void a_service_that_was_killed_and_keeps_traffic_back_is_told_once() {
        window.front = false;
        DaemonState held =
                new DaemonState.Live(
                        Samples.node(
                                Samples.client(ClientState.RECONNECTING, null, null),
                                Samples.payment("30")));
        daemon.say(new DaemonState.Away(DaemonState.Reason.STOPPED, "it was killed"));
        daemon.say(held);
        daemon.say(held);
        ui.await("told", () -> !told.isEmpty());
        ui.await("shown", () -> tray.menu().toString().contains("Traffic to the internet is"));
        assertThat(tray.menu().toString()).doesNotContain("goes on connecting");
        assertThat(told).containsExactly("Traffic is blocked");
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

    @Test
    void the_menu_says_how_it_stands_and_follows_it() {
        choice.remember(Samples.market().providers());
        say(ClientState.DISCONNECTED);
        ui.await("a menu", () -> tray.menu().offers(Action.CONNECT));
        assertThat(tray.says()).isEqualTo("Not connected");

        daemon.say(
                new DaemonState.Live(
                        Samples.node(Samples.connected(Traffic.NONE), Samples.payment("30"))));
        ui.await("connected", () -> tray.menu().offers(Action.DISCONNECT));
        assertThat(tray.says()).isEqualTo("Connected, Netherlands, 1 h 4 min");
    }

    @Test
    void a_click_disconnects() {
        say(ClientState.CONNECTED);
        ui.await("connected", () -> tray.menu().offers(Action.DISCONNECT));
        daemon.answer("disconnect", Samples.client(ClientState.DISCONNECTED, null, null));
        presence.chosen(Action.DISCONNECT);
        quickUi.await(
                "the daemon was asked",
                () -> daemon.asked().contains(new FakeDaemon.Asked("disconnect", "")));
    }

    @Test
    void who_quits_by_the_menu_has_read_what_stays_and_is_asked_nothing() {
        tray.there = false;
        say(ClientState.CONNECTED);
        ui.await("connected", () -> tray.menu().offers(Action.DISCONNECT));
        presence.chosen(Action.QUIT);
        assertThat(window.done).containsExactly("quit");
    }

    @Test
    void a_click_on_what_is_no_longer_offered_does_nothing() {
        say(ClientState.DISCONNECTED);
        ui.await("a menu", () -> tray.menu().offers(Action.CONNECT));
        presence.chosen(Action.DISCONNECT);
        presence.chosen(Action.CANCEL);
        daemon.say(new DaemonState.Away(DaemonState.Reason.STOPPED, "it stopped"));
        ui.await("away", () -> !tray.menu().offers(Action.CONNECT));
        presence.chosen(Action.CONNECT);
        assertThat(window.done).isEmpty();
        assertThat(daemon.asked()).isEmpty();
    }

    @Test
    void the_icon_opens_the_window_whatever_the_menu_says() {
        presence.chosen(Action.OPEN);
        assertThat(window.done).containsExactly("raise");
    }

    @Test
    void while_a_price_is_asked_for_it_can_be_taken_back() {
        Settings _ = context.settings().change(before -> before.withFirstRunDone(true));
        say(ClientState.DISCONNECTED);
        ui.await("a menu", () -> tray.menu().offers(Action.CONNECT));
        daemon.answer("find", Samples.market());
        daemon.answer("quote", Samples.quote(Samples.DUTCH, null, "0"));
        presence.chosen(Action.CONNECT);
        ui.await("asking", () -> tray.menu().offers(Action.CANCEL));
        assertThat(tray.says()).isEqualTo("Asking for the price");
        presence.chosen(Action.CANCEL);
        ui.await("as before", () -> tray.menu().offers(Action.CONNECT));
        quickUi.settle();
        assertThat(daemon.asked())
                .extracting(FakeDaemon.Asked::what)
                .doesNotContain("connect", "disconnect");
    }

    @Test
    void it_goes_on_in_another_language() {
        say(ClientState.DISCONNECTED);
        ui.await("a menu", () -> tray.menu().offers(Action.CONNECT));
        presence.speak(context(Language.GERMAN));
        ui.await("German", () -> tray.says().equals("Nicht verbunden"));
    }

    private Context context(Language language) {
        return Contexts.of(
                daemon, language, ui, _ -> {}, java.time.InstantSource.fixed(Contexts.NOW));
    }

    private void say(ClientState state) {
        daemon.say(
                new DaemonState.Live(
                        Samples.node(
                                Samples.client(state, Samples.multiaddr(Samples.DUTCH), null),
                                Samples.payment("30"))));
    }

    private static final class FakeTray implements Tray {
        private final List<Look> looks = new CopyOnWriteArrayList<>();
        private volatile TrayMenu menu = TrayMenu.EMPTY;
        private boolean there = true;

        TrayMenu menu() {
            return menu;
        }

        /** The line that can't be chosen. */
        String says() {
            return menu.lines().stream()
                    .filter(TrayMenu.Line.Words.class::isInstance)
                    .map(line -> ((TrayMenu.Line.Words) line).text())
                    .findFirst()
                    .orElse("");
        }

        @Override
        public boolean isThere() {
            return there;
        }

        @Override
        public void show(Look look, TrayMenu now) {
            looks.add(look);
            menu = now;
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

package org.flowshield.app.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.system.TrayMenu;
import org.flowshield.app.system.TrayMenu.Action;
import org.flowshield.app.system.TrayMenu.Line;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.Samples;
import org.flowshield.app.testkit.Statuses;
import org.flowshield.app.text.Language;
import org.flowshield.app.text.Texts;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.Traffic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StateMenuTest {

    @Test
    void it_offers_what_can_be_done_in_each_state() {
        assertThat(asked(live(ClientState.DISCONNECTED)))
                .containsExactly("Not connected", "Connect", "Open FlowShield", "Quit");
        assertThat(asked(live(ClientState.CONNECTING)))
                .containsExactly(
                        "Connecting",
                        "Cancel",
                        "Open FlowShield",
                        "Quit (the service goes on connecting)");
        assertThat(asked(live(ClientState.CONNECTED)))
                .containsExactly(
                        "Connected, 0 min",
                        "Disconnect",
                        "Open FlowShield",
                        "Quit (stays connected)");
        assertThat(asked(live(ClientState.RECONNECTING)))
                .contains("Reconnecting, traffic to the internet is blocked", "Disconnect");
        assertThat(asked(live(ClientState.BLOCKING_FAILED)))
                .contains("Not protected", "Disconnect", "Quit");
    }

    @Test
    void who_shares_while_it_connects_reads_both() {
        NodeStatus serving = Statuses.serving();
        NodeStatus both =
                new NodeStatus(
                        serving.version(),
                        serving.peerId(),
                        serving.startedAt(),
                        serving.roles(),
                        Samples.client(ClientState.CONNECTING, null, null),
                        serving.provider(),
                        serving.fullnode(),
                        serving.payment(),
                        serving.limits());
        assertThat(asked(live(both)))
                .last()
                .isEqualTo("Quit (the service goes on connecting and sharing)");
    }

    @Test
    void while_it_disconnects_it_can_only_be_waited_for() {
        TrayMenu menu = menu(live(ClientState.DISCONNECTING), false, Language.ENGLISH);
        assertThat(texts(menu)).contains("Disconnecting", "Disconnect");
        assertThat(menu.offers(Action.DISCONNECT)).isFalse();
        assertThat(menu.offers(Action.QUIT)).isTrue();
    }

    @Test
    void without_a_daemon_there_is_nothing_to_connect() {
        DaemonState away = new DaemonState.Away(DaemonState.Reason.STOPPED, "it stopped");
        assertThat(asked(away))
                .containsExactly("The service does not answer", "Open FlowShield", "Quit");
        assertThat(asked(new DaemonState.Unknown()))
                .containsExactly("One moment", "Open FlowShield", "Quit");
    }

    @Test
    void it_says_where_and_for_how_long() {
        DaemonState connected =
                live(Samples.node(Samples.connected(Traffic.NONE), Samples.payment("1")));
        TrayMenu menu =
                new StateMenu(connected, false, Optional.of("Netherlands"), Contexts.NOW)
                        .in(Texts.of(Language.ENGLISH, "presence"));
        assertThat(texts(menu)).startsWith("Connected, Netherlands, 1 h 4 min");
    }

    @Test
    void a_clock_that_was_put_back_makes_no_time_below_nothing() {
        DaemonState connected =
                live(Samples.node(Samples.connected(Traffic.NONE), Samples.payment("1")));
        TrayMenu menu =
                new StateMenu(
                                connected,
                                false,
                                Optional.empty(),
                                Contexts.NOW.minusSeconds(1_000_000))
                        .in(Texts.of(Language.ENGLISH, "presence"));
        assertThat(texts(menu)).startsWith("Connected, 0 min");
    }

    @Test
    void a_price_that_is_asked_for_can_be_taken_back() {
        assertThat(texts(menu(live(ClientState.DISCONNECTED), true, Language.ENGLISH)))
                .startsWith("Asking for the price", "Cancel");
    }

    @Test
    void who_shares_reads_that_quitting_does_not_end_it() {
        assertThat(asked(live(Statuses.serving()))).contains("Quit (sharing goes on)");
        assertThat(asked(live(Statuses.idle()))).contains("Quit");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void each_language_has_a_menu_for_each_state(Language language) {
        for (ClientState state : ClientState.values()) {
            TrayMenu menu = menu(live(state), false, language);
            assertThat(menu.lines()).hasSize(6);
            assertThat(menu.lines().getFirst()).isInstanceOf(Line.Words.class);
            assertThat(texts(menu)).allSatisfy(text -> assertThat(text).doesNotContain("{"));
        }
    }

    private static List<String> asked(DaemonState daemon) {
        return texts(menu(daemon, false, Language.ENGLISH));
    }

    private static TrayMenu menu(DaemonState daemon, boolean asking, Language language) {
        return new StateMenu(daemon, asking, Optional.empty(), Contexts.NOW)
                .in(Texts.of(language, "presence"));
    }

    private static DaemonState live(ClientState state) {
        return live(
                Samples.node(
                        Samples.client(state, Samples.multiaddr(Samples.DUTCH), null),
                        Samples.payment("30")));
    }

    private static DaemonState live(NodeStatus status) {
        return new DaemonState.Live(status);
    }

    private static List<String> texts(TrayMenu menu) {
        List<String> texts = new ArrayList<>();
        for (Line line : menu.lines()) {
            switch (line) {
                case Line.Words(String text) -> texts.add(text);
                case Line.Entry(var _, String text, var _) -> texts.add(text);
                case Line.Divider _ -> {}
            }
        }
        return texts;
    }
}

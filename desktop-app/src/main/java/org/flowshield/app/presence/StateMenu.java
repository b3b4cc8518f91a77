package org.flowshield.app.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.system.TrayMenu;
import org.flowshield.app.system.TrayMenu.Action;
import org.flowshield.app.system.TrayMenu.Line;
import org.flowshield.app.text.Texts;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.jspecify.annotations.Nullable;

/**
 * The tray's menu, made of how things stand. Immutable.
 *
 * @param daemon what is known of it
 * @param asking whether the app asks for a price, which the daemon does not know of
 * @param country where the provider says that it is; empty: not known
 * @param now for how long it lasts
 */
record StateMenu(DaemonState daemon, boolean asking, Optional<String> country, Instant now) {

    /**
     * @param texts of the part {@code presence}
     */
    TrayMenu in(Texts texts) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line.Words(state(texts)));
        action().ifPresent(action -> lines.add(entry(action, texts)));
        lines.add(new Line.Divider());
        lines.add(new Line.Entry(Action.OPEN, texts.of("menu.open"), true));
        lines.add(new Line.Divider());
        lines.add(new Line.Entry(Action.QUIT, texts.of("menu.quit" + staying()), true));
        return new TrayMenu(lines);
    }

    private @Nullable ClientStatus client() {
        return daemon instanceof DaemonState.Live(NodeStatus status) ? status.client() : null;
    }

    private ClientState clientState() {
        ClientStatus client = client();
        return client == null ? ClientState.DISCONNECTED : client.state();
    }

    private String state(Texts texts) {
        return switch (daemon) {
            case DaemonState.Unknown _ -> texts.of("menu.state.unknown");
            case DaemonState.Away _ -> texts.of("menu.state.away");
            case DaemonState.Live _ ->
                    asking && clientState() == ClientState.DISCONNECTED
                            ? texts.of("menu.state.asking")
                            : clientState(texts);
        };
    }

    /** Blocked since the service was killed; nobody is gone to. */
    private boolean isHeld() {
        ClientStatus client = client();
        return client != null
                && client.state() == ClientState.RECONNECTING
                && client.provider() == null;
    }

    private String clientState(Texts texts) {
        return switch (clientState()) {
            case DISCONNECTED -> texts.of("menu.state.disconnected");
            case CONNECTING ->
                    country.map(name -> texts.of("menu.state.connecting.to", name))
                            .orElse(texts.of("menu.state.connecting"));
            case CONNECTED ->
                    country.map(name -> texts.of("menu.state.connected.to", name, time(texts)))
                            .orElse(texts.of("menu.state.connected", time(texts)));
            case RECONNECTING -> texts.of(isHeld() ? "menu.state.held" : "menu.state.reconnecting");
            case DISCONNECTING -> texts.of("menu.state.disconnecting");
            case BLOCKING_FAILED -> texts.of("menu.state.blocking_failed");
        };
    }

    /** In minutes: a menu that changes each second could not be read. */
    private String time(Texts texts) {
        ClientStatus client = client();
        Duration lasts = client == null ? Duration.ZERO : Duration.between(client.since(), now);
        Duration shown = lasts.isNegative() ? Duration.ZERO : lasts;
        return shown.toHours() == 0
                ? texts.of("menu.minutes", shown.toMinutes())
                : texts.of("menu.hours", shown.toHours(), shown.toMinutesPart());
    }

    private Optional<Action> action() {
        if (!(daemon instanceof DaemonState.Live)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (clientState()) {
                    case DISCONNECTED -> asking ? Action.CANCEL : Action.CONNECT;
                    case CONNECTING -> Action.CANCEL;
                    case CONNECTED, RECONNECTING, DISCONNECTING, BLOCKING_FAILED ->
                            Action.DISCONNECT;
                });
    }

    private Line entry(Action action, Texts texts) {
        String key =
                switch (action) {
                    case CONNECT -> "menu.connect";
                    case CANCEL -> "menu.cancel";
                    case DISCONNECT -> "menu.disconnect";
                    case OPEN -> "menu.open";
                    case QUIT -> "menu.quit";
                };
        return new Line.Entry(action, texts.of(key), clientState() != ClientState.DISCONNECTING);
    }

    /** What goes on without the app: all that the service does. */
    private String staying() {
        String connection =
                switch (clientState()) {
                    case DISCONNECTED, DISCONNECTING, BLOCKING_FAILED -> "";
                    case CONNECTED -> ".connected";
                    case CONNECTING, RECONNECTING -> isHeld() ? "" : ".busy";
                };
        return connection + (shares() ? ".sharing" : "");
    }

    private boolean shares() {
        return daemon instanceof DaemonState.Live(NodeStatus status)
                && status.role(RoleName.PROVIDER).state() == RoleState.ON;
    }
}

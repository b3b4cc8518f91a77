package org.flowshield.app.preferences;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.screen.Context;
import org.flowshield.app.threads.Work;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.api.MalformedDnsServerException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the service for what holds for the client's connections, and changes it. What is shown is
 * what the service said last; what it refuses goes back. For the FX thread.
 */
final class ConnectionController {

    private final ConnectionModel model;
    private final Context context;
    private Work.@Nullable Running asking;

    ConnectionController(ConnectionModel model, Context context) {
        this.model = model;
        this.context = context;
    }

    /** It is asked each time that it begins to answer. */
    void heard(DaemonState state) {
        boolean live = state instanceof DaemonState.Live;
        if (live == model.live().get()) {
            return;
        }
        model.live().set(live);
        if (live) {
            ask();
        } else {
            forget();
        }
    }

    void hidden() {
        model.live().set(false);
        forget();
        model.failure().set(null);
    }

    private void forget() {
        if (asking != null) {
            asking.cancel();
            asking = null;
        }
        model.busy().set(false);
        model.settings().set(null);
    }

    private void ask() {
        asking =
                context.work()
                        .start(
                                "client-settings",
                                () -> context.daemon().clientSettings(),
                                this::show,
                                this::refused);
    }

    private void show(ClientSettings now) {
        model.busy().set(false);
        model.settings().set(now);
        model.lan().set(now.lan());
        model.own().set(!now.dns().isEmpty());
        model.typed().set(written(now));
        check();
    }

    /** Servers that are half typed stay: the change was none of theirs. */
    private void showLan(ClientSettings now) {
        ClientSettings before = model.settings().get();
        if (before == null || isAsTold(before)) {
            show(now);
            return;
        }
        model.busy().set(false);
        model.settings().set(now);
        model.lan().set(now.lan());
        check();
    }

    private boolean isAsTold(ClientSettings told) {
        return model.own().get() == !told.dns().isEmpty()
                && model.typed().get().equals(written(told));
    }

    private static String written(ClientSettings settings) {
        return settings.dns().stream().map(DnsServer::toString).collect(Collectors.joining(", "));
    }

    private void refused(Failure why) {
        model.busy().set(false);
        model.failure().set(why);
        ClientSettings holds = model.settings().get();
        if (holds != null) {
            model.lan().set(holds.lan());
            check();
        }
    }

    void lan(boolean on) {
        ClientSettings holds = model.settings().get();
        if (holds != null && on != model.lan().get()) {
            model.lan().set(on);
            change(new ClientSettingsChange(null, on), this::showLan);
        }
    }

    /** The provider's hold at once; one's own when they are named. */
    void own(boolean chosen) {
        ClientSettings holds = model.settings().get();
        if (holds == null || chosen == model.own().get()) {
            return;
        }
        if (chosen || holds.dns().isEmpty()) {
            model.own().set(chosen);
        } else {
            change(new ClientSettingsChange(List.of(), null), this::show);
        }
    }

    void type(String text) {
        model.typed().set(text);
        check();
    }

    private void check() {
        ClientSettings holds = model.settings().get();
        model.wrong().set(null);
        model.usable().set(false);
        model.inUse().set(false);
        try {
            List<DnsServer> servers = DnsServer.parseAll(model.typed().get());
            if (holds != null && !servers.isEmpty()) {
                model.inUse().set(servers.equals(holds.dns()));
                model.usable().set(!servers.equals(holds.dns()));
            }
        } catch (MalformedDnsServerException e) {
            model.wrong().set(new ConnectionModel.Wrong(e.reason(), e.shown()));
        }
    }

    /** Puts what was typed into force, if it can be. */
    void use() {
        if (!model.usable().get() || model.busy().get()) {
            return;
        }
        try {
            change(
                    new ClientSettingsChange(DnsServer.parseAll(model.typed().get()), null),
                    this::show);
        } catch (MalformedDnsServerException e) {
            throw new IllegalStateException("it was read when it was typed", e);
        }
    }

    private void change(ClientSettingsChange change, Consumer<ClientSettings> changed) {
        model.failure().set(null);
        model.busy().set(true);
        asking =
                context.work()
                        .start(
                                "client-settings",
                                () -> context.daemon().change(change),
                                changed,
                                this::refused);
    }
}

package org.flowshield.app.connect;

import java.time.InstantSource;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.flowshield.app.choice.Choice;
import org.flowshield.app.choice.Target;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.settings.SettingsFile;
import org.flowshield.app.threads.Work;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.market.FoundProvider;
import org.jspecify.annotations.Nullable;

/**
 * Connects and disconnects without the window. It pays what the screen would pay without asking,
 * and nothing else: where a person has to agree to a price, where something stands in the way or
 * fails, it leads to the screen, which says so. For the FX thread.
 */
public final class QuickConnect {

    /** Another request took the place of this one: whoever made it sees how it goes. */
    private static final String SUPERSEDED = "superseded";

    private final Daemon daemon;
    private final Work work;
    private final InstantSource clock;
    private final SettingsFile settings;
    private final Choice choice;
    private final Prices prices;
    private final Runnable page;
    private final ReadOnlyBooleanWrapper asking = new ReadOnlyBooleanWrapper();
    private Work.@Nullable Running job;

    /**
     * @param choice shared with the screen
     * @param page brings the window in front, with that screen in it
     */
    public QuickConnect(
            Daemon daemon,
            Work work,
            InstantSource clock,
            SettingsFile settings,
            Choice choice,
            Runnable page) {
        this.daemon = daemon;
        this.work = work;
        this.clock = clock;
        this.settings = settings;
        this.choice = choice;
        this.page = page;
        this.prices = new Prices(daemon);
    }

    /** Whether the price is being asked for, which the daemon does not know of. */
    public ReadOnlyBooleanProperty asking() {
        return asking.getReadOnlyProperty();
    }

    /** Connects to whom the screen would connect to. */
    public void connect() {
        stop();
        if (!settings.settings().firstRunDone()
                || !(daemon.state() instanceof DaemonState.Live(NodeStatus now))) {
            page.run();
            return;
        }
        Target target = choice.target().get();
        if (now.payment().network() == null) {
            start(target.request(null)); // it can't pay, and so there is no price to agree on
            return;
        }
        asking.set(true);
        Optional<FoundProvider> known =
                target instanceof Target.One(String peerId)
                        ? choice.known(peerId)
                        : Optional.empty();
        job = work.start("price", () -> prices.ask(target, known), this::told, this::failed);
    }

    private void told(Prices.Answer answer) {
        stop();
        choice.remember(answer.found());
        if (!(daemon.state() instanceof DaemonState.Live(NodeStatus now))) {
            page.run();
            return;
        }
        if (!isDisconnected()) {
            return; // somebody else has connected meanwhile: that is left alone
        }
        switch (Verdict.of(answer, now.payment(), clock.instant())) {
            case Verdict.Connect(var request, var _) -> start(request);
            case Verdict.Blocked _, Verdict.Agree _ -> {
                choice.want(answer.target()); // the screen asks for it, before a person
                page.run();
            }
        }
    }

    private void start(ConnectRequest request) {
        job = work.start("connect", () -> daemon.connect(request), _ -> job = null, this::failed);
    }

    /** Takes back what was asked for, or ends the connection. */
    public void disconnect() {
        boolean onlyAsked = asking.get() && isDisconnected();
        stop();
        if (!onlyAsked) {
            job = work.start("disconnect", daemon::disconnect, _ -> job = null, this::failed);
        }
    }

    private boolean isDisconnected() {
        return daemon.state() instanceof DaemonState.Live(NodeStatus now)
                && (now.client() == null || now.client().state() == ClientState.DISCONNECTED);
    }

    private void failed(Failure why) {
        stop();
        if (!why.problem().code().equals(SUPERSEDED)) {
            choice.failure().set(why);
            page.run();
        }
    }

    private void stop() {
        asking.set(false);
        if (job != null) {
            job.cancel();
            job = null;
        }
    }
}

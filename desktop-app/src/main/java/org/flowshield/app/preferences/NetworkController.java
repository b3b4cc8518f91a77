package org.flowshield.app.preferences;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.screen.Context;
import org.flowshield.app.threads.Work;
import org.flowshield.node.api.network.BootstrapNode;
import org.flowshield.node.api.network.MalformedWayException;
import org.flowshield.node.api.network.NetworkChange;
import org.flowshield.node.api.network.NetworkSettings;
import org.flowshield.node.api.network.RpcUrl;
import org.jspecify.annotations.Nullable;

/**
 * Asks the service by which ways it goes to the chain and to peers, and changes that. What is shown
 * is what the service said last; what it refuses stays typed. The app's own desks follow. For the
 * FX thread.
 */
final class NetworkController {

    private final NetworkModel model;
    private final Context context;
    private Work.@Nullable Running asking;

    /** How often it was forgotten: an end that is older is not shown. */
    private int era;

    /** A change goes to its end, whoever looks: the service may have taken it already. */
    private boolean changing;

    NetworkController(NetworkModel model, Context context) {
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

    private void ask() {
        if (!changing) {
            asking = start(() -> context.daemon().networkSettings(), this::fill, this::refused);
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
        era++;
        model.busy().set(false);
        model.settings().set(null);
        model.rpcs().typed().set("");
        model.bootstrap().typed().set("");
        checkRpcs();
        checkBootstrap();
    }

    private Work.Running start(
            Work.Job<NetworkSettings> job,
            Consumer<NetworkSettings> shown,
            Consumer<Failure> failed) {
        return context.work()
                .start(
                        "network-settings",
                        () -> {
                            NetworkSettings now = job.run();
                            context.desks().rpcs().take(now);
                            return now;
                        },
                        shown,
                        failed);
    }

    /** All of it, as it was chosen. */
    private void fill(NetworkSettings now) {
        fillRpcs(now);
        fillBootstrap(now);
    }

    /** What was typed into the other field stays. */
    private void fillRpcs(NetworkSettings now) {
        show(now);
        model.rpcs().typed().set(lines(now.rpcs().stream().map(RpcUrl::text).toList()));
        checkRpcs();
        checkBootstrap();
    }

    private void fillBootstrap(NetworkSettings now) {
        show(now);
        model.bootstrap()
                .typed()
                .set(lines(now.bootstrap().stream().map(BootstrapNode::multiaddr).toList()));
        checkRpcs();
        checkBootstrap();
    }

    private void show(NetworkSettings now) {
        model.busy().set(false);
        model.settings().set(now);
    }

    private static String lines(List<String> words) {
        return words.stream().collect(Collectors.joining("\n"));
    }

    private void refused(Failure why) {
        model.busy().set(false);
        model.failure().set(why);
    }

    void typeRpcs(String text) {
        model.rpcs().typed().set(text);
        checkRpcs();
    }

    void typeBootstrap(String text) {
        model.bootstrap().typed().set(text);
        checkBootstrap();
    }

    private void checkRpcs() {
        NetworkSettings holds = model.settings().get();
        check(model.rpcs(), holds == null ? null : holds.rpcs(), RpcUrl::parseAll);
    }

    private void checkBootstrap() {
        NetworkSettings holds = model.settings().get();
        check(model.bootstrap(), holds == null ? null : holds.bootstrap(), BootstrapNode::parseAll);
    }

    @FunctionalInterface
    private interface Reading<T> {
        List<T> parse(String text) throws MalformedWayException;
    }

    /**
     * @param holds what is chosen; null while that is not known
     */
    private static <T> void check(
            NetworkModel.Ways ways, @Nullable List<T> holds, Reading<T> reading) {
        ways.wrong().set(null);
        ways.usable().set(false);
        ways.own().set(holds != null && !holds.isEmpty());
        try {
            List<T> read = reading.parse(ways.typed().get());
            ways.usable().set(holds != null && !read.isEmpty() && !read.equals(holds));
        } catch (MalformedWayException e) {
            ways.wrong().set(new NetworkModel.Wrong(e.reason(), e.position()));
        }
    }

    /** Puts what was typed into force, if it can be. */
    void useRpcs() {
        if (model.rpcs().usable().get()) {
            change(new NetworkChange(rpcs(), null), this::fillRpcs);
        }
    }

    void useBootstrap() {
        if (model.bootstrap().usable().get()) {
            change(new NetworkChange(null, bootstrap()), this::fillBootstrap);
        }
    }

    private List<RpcUrl> rpcs() {
        try {
            return RpcUrl.parseAll(model.rpcs().typed().get());
        } catch (MalformedWayException e) {
            throw new IllegalStateException("it was read when it was typed", e);
        }
    }

    private List<BootstrapNode> bootstrap() {
        try {
            return BootstrapNode.parseAll(model.bootstrap().typed().get());
        } catch (MalformedWayException e) {
            throw new IllegalStateException("it was read when it was typed", e);
        }
    }

    /** The network's own again. */
    void leaveRpcs() {
        if (model.rpcs().own().get()) {
            change(new NetworkChange(List.of(), null), this::fillRpcs);
        }
    }

    void leaveBootstrap() {
        if (model.bootstrap().own().get()) {
            change(new NetworkChange(null, List.of()), this::fillBootstrap);
        }
    }

    private void change(NetworkChange change, Consumer<NetworkSettings> shown) {
        if (model.busy().get()) {
            return;
        }
        model.failure().set(null);
        model.busy().set(true);
        changing = true;
        int begun = era;
        Work.Running _ =
                start(
                        () -> context.daemon().change(change),
                        now -> ended(begun, () -> shown.accept(now)),
                        why -> ended(begun, () -> refused(why)));
    }

    private void ended(int begun, Runnable shown) {
        changing = false;
        if (begun == era) {
            shown.run();
        } else if (model.live().get()) {
            ask();
        }
    }
}

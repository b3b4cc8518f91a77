package org.flowshield.app.connect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import javafx.util.Subscription;
import org.flowshield.app.choice.Choice;
import org.flowshield.app.choice.ProviderName;
import org.flowshield.app.choice.Target;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.errors.Commands;
import org.flowshield.app.errors.Errors;
import org.flowshield.app.navigation.Destination;
import org.flowshield.app.screen.Context;
import org.flowshield.app.settings.Settings;
import org.flowshield.app.text.Format;
import org.flowshield.app.threads.Work;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.market.FoundProvider;
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.api.market.ProviderSort;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.api.payment.Quote;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.api.payment.Spending;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the price, connects and disconnects, and keeps the model true to what the daemon says.
 * For the FX thread.
 */
final class ConnectController {

    /** The market moves slowly, and nobody is asked anew each time the screen is looked at. */
    static final Duration MARKET_IS_FRESH = Duration.ofMinutes(1);

    private static final ProviderQuery MARKET =
            new ProviderQuery(null, null, 0, ProviderSort.QUALITY, ProviderQuery.MOST);

    private final ConnectModel model;
    private final Context context;
    private final Choice choice;
    private final ProviderName names;
    private final Throughput throughput;
    private final Prices prices;
    private final Errors errors;

    private Daemon.@Nullable Watch watch;
    private Subscription wishes = Subscription.EMPTY;
    private boolean visible;
    private @Nullable NodeStatus status;
    private @Nullable Instant marketAt;

    /** The job that asks for the price, or has the daemon connect; null: none is on its way. */
    private Work.@Nullable Running job;

    private Step step = Step.NONE;
    private Prices.@Nullable Answer priced;

    /** What the app itself is at, which the daemon does not know of. */
    private enum Step {
        NONE,
        ASKING,
        OFFERED,
        STARTING,
        ENDING
    }

    ConnectController(ConnectModel model, Context context, Choice choice, Throughput throughput) {
        this.model = model;
        this.context = context;
        this.choice = choice;
        this.throughput = throughput;
        this.names = new ProviderName(choice, context.format(), context.texts("choice"));
        this.prices = new Prices(context.daemon());
        this.errors = new Errors(context.language());
    }

    ProviderName names() {
        return names;
    }

    Target target() {
        return choice.target().get();
    }

    void shown() {
        visible = true;
        throughput.clear();
        showTargets();
        watch = context.daemon().watch(state -> context.ui().run(() -> heard(state)));
        wishes =
                Subscription.combine(
                        choice.wanted().subscribe(this::begin),
                        choice.failure().subscribe(this::failedOutside));
    }

    void hidden() {
        visible = false;
        if (watch != null) {
            watch.close();
            watch = null;
        }
        wishes.unsubscribe();
        wishes = Subscription.EMPTY;
        if (step == Step.ASKING || step == Step.OFFERED) {
            giveUpAsking();
        }
    }

    /** A second is over. */
    void tick() {
        throughput.tick(context.clock().instant());
        NodeStatus now = status;
        ClientStatus client = now == null ? null : now.client();
        if (client != null) {
            showTimes(client);
        }
        model.down().set(context.format().rate(throughput.downNow()));
        model.up().set(context.format().rate(throughput.upNow()));
        model.ticks().set(model.ticks().get() + 1);
    }

    // ---- what a person does ----

    void choose(Target target) {
        choice.target().set(target);
    }

    /** The large button: goes on to the next step, or back out of this one. */
    void act() {
        switch (model.phase().get()) {
            case UNKNOWN, DISCONNECTING -> {}
            case DISCONNECTED, FAILED, HELD -> ask(choice.target().get());
            case ASKING -> giveUpAsking();
            case OFFERED -> agree();
            case CONNECTING, CONNECTED, RECONNECTING, BLOCKING_FAILED -> disconnect();
        }
    }

    /** No to the price, or to being kept from the internet. */
    void decline() {
        if (step == Step.OFFERED) {
            giveUpAsking();
        } else if (model.phase().get() == Phase.HELD) {
            disconnect();
        }
    }

    void chooseAnother() {
        context.navigator().go(Destination.PROVIDERS);
    }

    void openWallet() {
        context.navigator().go(Destination.WALLET);
    }

    private void begin(boolean wanted) {
        if (wanted && status != null) {
            choice.wanted().set(false);
            ask(choice.target().get());
        }
    }

    /** What was asked for by the tray's menu is told here. */
    private void failedOutside(@Nullable Failure why) {
        if (why != null && status != null) {
            choice.failure().set(null);
            stopJob();
            failed(why);
        }
    }

    private void ask(Target target) {
        stopJob();
        model.failure().set(null);
        model.obstacle().set(null);
        model.offer().set(null);
        NodeStatus now = Objects.requireNonNull(status, "asked before the daemon was heard of");
        if (now.payment().network() == null) {
            connect(target.request(null)); // it can't pay, and so there is no price to agree on
            return;
        }
        step = Step.ASKING;
        Optional<FoundProvider> known =
                target instanceof Target.One(String peerId)
                        ? choice.known(peerId)
                        : Optional.empty();
        job =
                context.work()
                        .start("price", () -> prices.ask(target, known), this::told, this::failed);
        refresh();
    }

    private void told(Prices.Answer answer) {
        job = null;
        choice.remember(answer.found());
        NodeStatus now = status;
        if (now == null) {
            giveUpAsking(); // the daemon went away: nobody can be connected
            return;
        }
        switch (Verdict.of(answer, now.payment(), context.clock().instant())) {
            case Verdict.Connect(var request, var price) -> {
                model.offer().set(price == null ? null : offer(answer, price, now.payment()));
                connect(request);
            }
            case Verdict.Blocked(var obstacle) -> {
                step = Step.NONE;
                model.obstacle().set(obstacle);
                refresh();
            }
            case Verdict.Agree(var price) -> {
                model.offer().set(offer(answer, price, now.payment()));
                priced = answer;
                step = Step.OFFERED;
                refresh();
            }
        }
    }

    private Offer offer(Prices.Answer answer, TokenAmount price, PaymentStatus payment) {
        Quote quote = answer.quote();
        Format format = context.format();
        Spending spending = payment.spending();
        return new Offer(
                names.of(quote.peerId()),
                format.exact(price),
                quote.deposit().isZero() ? null : format.exact(quote.deposit()),
                spending == null ? null : format.glance(spending.left()),
                warning(quote));
    }

    /** Nobody types here what the daemon has for those who do. */
    private static @Nullable String warning(Quote quote) {
        String warning = quote.warning();
        return warning == null ? null : Commands.without(warning);
    }

    private void agree() {
        Prices.Answer answer = priced;
        if (answer != null) {
            connect(answer.target().request(answer.quote().pricePerGib()));
        }
    }

    private void giveUpAsking() {
        stopJob();
        step = Step.NONE;
        priced = null;
        model.offer().set(null);
        refresh();
    }

    private void connect(ConnectRequest request) {
        priced = null;
        step = Step.STARTING;
        job =
                context.work()
                        .start(
                                "connect",
                                () -> context.daemon().connect(request),
                                this::ended,
                                this::failed);
        refresh();
    }

    private void disconnect() {
        stopJob();
        model.failure().set(null);
        model.offer().set(null);
        step = Step.ENDING;
        job =
                context.work()
                        .start(
                                "disconnect",
                                context.daemon()::disconnect,
                                this::ended,
                                this::failed);
        refresh();
    }

    private void ended(ClientStatus client) {
        job = null;
        step = Step.NONE;
        model.offer().set(null);
        NodeStatus now = status;
        if (now != null) {
            status = withClient(now, client);
        }
        refresh();
    }

    private static NodeStatus withClient(NodeStatus now, ClientStatus client) {
        return new NodeStatus(
                now.version(),
                now.peerId(),
                now.startedAt(),
                now.roles(),
                client,
                now.provider(),
                now.fullnode(),
                now.payment(),
                now.limits());
    }

    private void failed(Failure why) {
        job = null;
        step = Step.NONE;
        model.offer().set(null);
        NodeStatus now = status;
        Optional<Obstacle> obstacle =
                now == null ? Optional.empty() : Obstacle.behind(why.problem(), now.payment());
        model.obstacle().set(obstacle.orElse(null));
        model.failure().set(obstacle.isPresent() ? null : cause(why, now));
        refresh();
    }

    /** That a node can't pay is not as good to know as why. */
    private static Failure cause(Failure why, @Nullable NodeStatus now) {
        Problem paying = now == null ? null : now.payment().problem();
        boolean unpaid = why.problem().code().equals("payment_required");
        return unpaid && paying != null ? new Failure(why.kind(), paying) : why;
    }

    private void stopJob() {
        if (job != null) {
            job.cancel();
            job = null;
        }
    }

    // ---- what the daemon says ----

    private void heard(DaemonState state) {
        if (!visible) {
            return; // told on its way to a screen that has been left
        }
        switch (state) {
            case DaemonState.Live(NodeStatus now) -> {
                forgetFailure(status, now);
                status = now;
                refresh();
                askMarket();
                begin(choice.wanted().get());
                failedOutside(choice.failure().get());
            }
            case DaemonState.Unknown _, DaemonState.Away _ -> {
                status = null;
                stopJob();
                step = Step.NONE;
                throughput.clear();
                refresh();
            }
        }
    }

    /** Connected since then, by whomever, or that nobody answered: what failed before is over. */
    private void forgetFailure(@Nullable NodeStatus before, NodeStatus now) {
        Failure failure = model.failure().get();
        if (failure != null && failure.kind() == Failure.Kind.NO_DAEMON) {
            model.failure().set(null);
        }
        if (isConnected(now) && (before == null || !isConnected(before))) {
            model.failure().set(null);
            model.obstacle().set(null);
        }
    }

    private static boolean isConnected(NodeStatus status) {
        ClientStatus client = status.client();
        return client != null && client.state() == ClientState.CONNECTED;
    }

    /** For the countries that there are to choose from. */
    private void askMarket() {
        Instant now = context.clock().instant();
        if (marketAt != null && Duration.between(marketAt, now).compareTo(MARKET_IS_FRESH) < 0) {
            return;
        }
        marketAt = now;
        Work.Running _ =
                context.work()
                        .start(
                                "market",
                                () -> context.daemon().find(MARKET),
                                this::found,
                                _ -> marketAt = null); // told when somebody connects
    }

    private void found(FoundProviders found) {
        choice.remember(found.providers());
        showTargets();
        refresh();
    }

    private void showTargets() {
        List<Target> targets = new ArrayList<>(List.of(Target.BEST));
        Settings settings = context.settings().settings();
        if (settings.lastProvider() != null) {
            targets.add(new Target.One(settings.lastProvider()));
        }
        settings.favourites().stream().map(Target.One::new).forEach(targets::add);
        TreeSet<String> countries =
                new TreeSet<>(
                        Comparator.comparing(context.format()::country)
                                .thenComparing(Comparator.naturalOrder()));
        choice.known().stream()
                .map(FoundProvider::country)
                .filter(Objects::nonNull)
                .filter(ProviderQuery::isCountry)
                .forEach(countries::add);
        countries.stream().map(Target.Country::new).forEach(targets::add);
        targets.add(choice.target().get());
        List<Target> distinct = targets.stream().distinct().toList();
        if (!distinct.equals(model.targets())) {
            model.targets().setAll(distinct);
        }
    }

    private void refresh() {
        NodeStatus now = status;
        ClientStatus client = now == null ? null : now.client();
        if (client != null) {
            show(client);
        } else {
            model.provider().set("");
            model.country().set("");
            model.blocked().set(false);
            model.trouble().set(null);
            model.tried().clear();
        }
        model.phase().set(phase(now, client));
    }

    private Phase phase(@Nullable NodeStatus now, @Nullable ClientStatus client) {
        if (now == null) {
            return Phase.UNKNOWN;
        }
        return switch (step) {
            case ASKING -> Phase.ASKING;
            case OFFERED -> Phase.OFFERED;
            case ENDING -> Phase.DISCONNECTING;
            case STARTING -> {
                Phase said = said(client);
                yield said.isIdle() ? Phase.CONNECTING : said;
            }
            case NONE -> said(client);
        };
    }

    private Phase said(@Nullable ClientStatus client) {
        ClientState state = client == null ? ClientState.DISCONNECTED : client.state();
        return switch (state) {
            case DISCONNECTED -> hasFailed(client) ? Phase.FAILED : Phase.DISCONNECTED;
            case CONNECTING -> Phase.CONNECTING;
            case CONNECTED -> Phase.CONNECTED;
            case RECONNECTING ->
                    client != null && client.provider() == null ? Phase.HELD : Phase.RECONNECTING;
            case DISCONNECTING -> Phase.DISCONNECTING;
            case BLOCKING_FAILED -> Phase.BLOCKING_FAILED;
        };
    }

    private boolean hasFailed(@Nullable ClientStatus client) {
        return model.failure().get() != null
                || model.obstacle().get() != null
                || (client != null && client.problem() != null);
    }

    private void show(ClientStatus client) {
        String provider = client.provider();
        model.blocked().set(client.state() == ClientState.RECONNECTING);
        Optional<String> id = Optional.ofNullable(provider).flatMap(ProviderName::peerId);
        model.provider().set(provider == null ? "" : names.of(provider));
        model.country().set(id.map(names::country).orElse(""));
        if (client.state() == ClientState.CONNECTED) {
            id.ifPresent(this::keepLast);
        }
        showMoney(client.payment());
        showTimes(client);
        Traffic traffic = client.traffic();
        throughput.heard(context.clock().instant(), traffic);
        Format format = context.format();
        model.carried().set(format.bytes(traffic.receivedBytes() + traffic.sentBytes()));
        SessionPayment payment = client.payment();
        model.trouble()
                .set(
                        client.problem() != null || payment == null
                                ? client.problem()
                                : payment.problem());
        List<Tried> tried = client.failed().stream().map(this::tried).toList();
        if (!tried.equals(model.tried())) {
            model.tried().setAll(tried);
        }
    }

    private Tried tried(FailedProvider failed) {
        return new Tried(names.of(failed.provider()), errors.brief(failed.problem()));
    }

    private void keepLast(String peerId) {
        if (!peerId.equals(context.settings().settings().lastProvider())) {
            Settings _ = context.settings().change(before -> before.withLastProvider(peerId));
            showTargets();
        }
    }

    private void showMoney(@Nullable SessionPayment payment) {
        Format format = context.format();
        model.price().set(payment == null ? "" : format.glance(payment.pricePerGib()));
        model.spent().set(payment == null ? "" : format.glance(payment.paid()));
        TokenAmount left = payment == null ? null : payment.capLeft();
        model.capLeft().set(left == null ? "" : format.glance(left));
    }

    private void showTimes(ClientStatus client) {
        Instant now = context.clock().instant();
        model.elapsed().set(context.format().elapsed(Duration.between(client.since(), now)));
        Instant next = client.nextAttempt();
        model.nextAttempt()
                .set(
                        next == null || !next.isAfter(now)
                                ? ""
                                : context.format().elapsed(Duration.between(now, next)));
    }
}

package org.flowshield.app.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.app.choice.Choice;
import org.flowshield.app.choice.Target;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.navigation.Destination;
import org.flowshield.app.screen.Context;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.HandUi;
import org.flowshield.app.testkit.Samples;
import org.flowshield.app.text.Language;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.payment.PaymentStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ConnectControllerTest {

    private static final Problem SILENT =
            new Problem("no_answer", "the provider does not answer", "try another one");

    private final FakeDaemon daemon = new FakeDaemon();
    private final HandUi ui = new HandUi();
    private final Choice choice = new Choice();
    private final ConnectModel model = new ConnectModel();
    private final List<Destination> gone = new ArrayList<>();
    private final Context context =
            Contexts.of(daemon, Language.ENGLISH, ui, gone::add, InstantSource.fixed(Contexts.NOW));
    private final ConnectController controller =
            new ConnectController(model, context, choice, new Throughput());

    @BeforeEach
    void the_market_is_asked_once() {
        daemon.answer("find", Samples.market());
    }

    @Test
    void the_price_is_said_before_anything_is_paid() {
        open(null, Samples.payment("30"));
        daemon.answer("find", Samples.market());
        daemon.answer("quote", Samples.quote(Samples.DUTCH, "0.5", "2"));

        controller.act();
        ui.await("the price", () -> model.phase().get() == Phase.OFFERED);

        assertThat(model.offer().get().price()).isEqualTo("0.5 FLOW");
        assertThat(model.offer().get().deposit()).isEqualTo("2 FLOW");
        assertThat(model.offer().get().provider()).startsWith("Netherlands");
        assertThat(requests()).isEmpty();

        daemon.answer("connect", Samples.connected(Traffic.NONE));
        controller.act();
        ui.await("connected", () -> model.phase().get() == Phase.CONNECTED);
        assertThat(requests()).containsExactly(Target.BEST.request(Samples.flow("0.5")));
        assertThat(model.offer().get()).isNull();
        assertThat(context.settings().settings().lastProvider()).isEqualTo(Samples.DUTCH);
    }

    @Test
    void who_says_no_to_the_price_has_paid_nothing() {
        open(null, Samples.payment("30"));
        daemon.answer("find", Samples.market());
        daemon.answer("quote", Samples.quote(Samples.DUTCH, "0.5", "2"));
        controller.act();
        ui.await("the price", () -> model.phase().get() == Phase.OFFERED);

        controller.decline();

        assertThat(model.phase().get()).isEqualTo(Phase.DISCONNECTED);
        assertThat(requests()).isEmpty();
    }

    @Test
    void of_the_best_the_first_that_tells_its_price_is_taken() {
        open(null, Samples.payment("30"));
        daemon.answer("find", Samples.market());
        daemon.refuse("quote", SILENT);
        daemon.answer("quote", Samples.quote(Samples.peer(2), "0.42", "2"));
        controller.act();
        ui.await("the price", () -> model.phase().get() == Phase.OFFERED);
        assertThat(model.offer().get().provider()).startsWith("Germany");
    }

    @Test
    void without_money_it_says_what_is_missing_and_leads_to_the_wallet() {
        open(null, Samples.payment("0.1"));
        daemon.answer("find", Samples.market());
        daemon.answer("quote", Samples.quote(Samples.DUTCH, "0.5", "2"));
        controller.act();
        ui.await("the obstacle", () -> model.phase().get() == Phase.FAILED);
        assertThat(model.obstacle().get()).isEqualTo(Obstacle.PURSE_EMPTY);
        assertThat(requests()).isEmpty();

        controller.openWallet();
        assertThat(gone).containsExactly(Destination.WALLET);
    }

    @Test
    void that_nobody_answered_is_over_when_somebody_does() {
        open(null, Samples.payment("30"));
        daemon.answer(
                "find",
                new Failure(
                        Failure.Kind.NO_DAEMON,
                        new Problem("no_daemon", "nobody listens", "start it")));
        controller.act();
        ui.await("the failure", () -> model.phase().get() == Phase.FAILED);
        daemon.say(new DaemonState.Live(Samples.node(null, Samples.payment("30"))));
        ui.await("it is over", () -> model.phase().get() == Phase.DISCONNECTED);
        assertThat(model.failure().get()).isNull();
    }

    @Test
    void where_nobody_is_found_it_says_so_and_asks_the_daemon_for_nothing() {
        open(null, Samples.payment("30"));
        daemon.answer("find", Samples.found(List.of()));
        controller.act();
        ui.await("the refusal", () -> model.phase().get() == Phase.FAILED);
        assertThat(model.failure().get().problem().code()).isEqualTo("no_provider");

        choice.target().set(new Target.One(Samples.peer(77)));
        daemon.answer("find", Samples.market());
        controller.act();
        ui.await("asked", () -> model.phase().get() == Phase.ASKING);
        ui.await("the refusal", () -> model.phase().get() == Phase.FAILED);
        assertThat(model.failure().get().problem().code()).isEqualTo("unknown_provider");
        assertThat(requests()).isEmpty();
    }

    @Test
    void where_it_is_known_why_nobody_is_found_that_is_said() {
        open(null, Samples.payment("30"));
        Problem clock = new Problem("clock_wrong", "24 h ahead", "set the clock");
        daemon.answer("find", new FoundProviders(List.of(), List.of(), 2, Contexts.NOW, clock));
        controller.act();
        ui.await("the refusal", () -> model.phase().get() == Phase.FAILED);
        assertThat(model.failure().get().problem()).isEqualTo(clock);
        assertThat(requests()).isEmpty();
    }

    @Test
    void why_a_node_can_not_pay_is_said_before_that_it_can_not() {
        Problem full = new Problem("disk_full", "the disk is full", "make room");
        open(null, PaymentStatus.none(full));
        daemon.refuse("connect", new Problem("payment_required", "it is paid", "pay"));
        controller.act();
        ui.await("the refusal", () -> model.phase().get() == Phase.FAILED);
        assertThat(model.failure().get().problem()).isEqualTo(full);
    }

    @Test
    void a_node_that_can_not_pay_asks_for_no_price() {
        open(null, PaymentStatus.none(null));
        daemon.answer("connect", Samples.connected(Traffic.NONE));
        controller.act();
        ui.await("connected", () -> model.phase().get() == Phase.CONNECTED);
        assertThat(requests()).containsExactly(Target.BEST.request(null));
    }

    @Test
    void one_that_was_chosen_elsewhere_is_asked_for_its_price_at_once() {
        choice.remember(Samples.market().providers());
        choice.want(new Target.One(Samples.DUTCH));
        daemon.answer("quote", Samples.quote(Samples.DUTCH, "0.5", "2"));
        open(null, Samples.payment("30"));
        ui.await("the price", () -> model.phase().get() == Phase.OFFERED);
        assertThat(choice.wanted().get()).isFalse();
        assertThat(daemon.asked())
                .filteredOn(asked -> asked.what().equals("quote"))
                .extracting(FakeDaemon.Asked::with)
                .containsExactly(Samples.multiaddr(Samples.DUTCH));
    }

    @Test
    void connecting_is_given_up_at_any_time() {
        open(Samples.client(ClientState.CONNECTING, Samples.multiaddr(Samples.DUTCH), null));
        assertThat(model.phase().get()).isEqualTo(Phase.CONNECTING);
        daemon.answer("disconnect", Samples.client(ClientState.DISCONNECTED, null, null));
        controller.act();
        assertThat(model.phase().get()).isEqualTo(Phase.DISCONNECTING);
        ui.await("given up", () -> model.phase().get() == Phase.DISCONNECTED);
    }

    @Test
    void a_failure_says_why_and_whom_else_it_tried() {
        open(
                Samples.client(
                        ClientState.DISCONNECTED,
                        null,
                        SILENT,
                        new FailedProvider(Samples.multiaddr(Samples.DUTCH), SILENT)));
        ui.await("the name", () -> !model.tried().isEmpty());
        ui.settle();
        assertThat(model.phase().get()).isEqualTo(Phase.FAILED);
        assertThat(model.trouble().get()).isEqualTo(SILENT);
        assertThat(model.tried().getFirst().reason()).isEqualTo("The provider does not answer");
    }

    @Test
    void a_refusal_is_shown_where_it_happened_and_forgotten_when_it_works() {
        open(null, PaymentStatus.none(null));
        daemon.refuse("connect", SILENT);
        controller.act();
        ui.await("the refusal", () -> model.phase().get() == Phase.FAILED);
        assertThat(model.failure().get().problem()).isEqualTo(SILENT);

        say(Samples.connected(Traffic.NONE));
        ui.await("connected by another", () -> model.phase().get() == Phase.CONNECTED);
        assertThat(model.failure().get()).isNull();
    }

    @Test
    void after_a_restart_of_the_daemon_its_word_is_what_counts() {
        open(Samples.connected(Traffic.NONE));
        assertThat(model.phase().get()).isEqualTo(Phase.CONNECTED);
        assertThat(model.spent().get()).isEqualTo("0.6214 FLOW");
        assertThat(model.capLeft().get()).isEqualTo("4.3786 FLOW");
        assertThat(model.elapsed().get()).isEqualTo("1:04:09");

        daemon.say(new DaemonState.Away(DaemonState.Reason.STOPPED, "it stopped"));
        ui.await("unknown", () -> model.phase().get() == Phase.UNKNOWN);

        say(Samples.client(ClientState.RECONNECTING, Samples.multiaddr(Samples.DUTCH), SILENT));
        ui.await("told", () -> model.phase().get() == Phase.RECONNECTING);
    }

    @Test
    void a_screen_that_is_left_watches_nothing() {
        open(Samples.connected(Traffic.NONE));
        controller.hidden();
        assertThat(daemon.watchers()).isZero();
    }

    private void open(ClientStatus client) {
        open(client, Samples.payment("30"));
    }

    private void open(@Nullable ClientStatus client, PaymentStatus payment) {
        daemon.say(new DaemonState.Live(Samples.node(client, payment)));
        controller.shown();
        ui.await("heard", () -> model.phase().get() != Phase.UNKNOWN);
        ui.await("the market", () -> model.targets().size() > 2);
    }

    private void say(ClientStatus client) {
        daemon.say(new DaemonState.Live(Samples.node(client, Samples.payment("30"))));
    }

    private List<Object> requests() {
        return daemon.asked().stream()
                .filter(asked -> asked.what().equals("connect"))
                .map(FakeDaemon.Asked::with)
                .toList();
    }
}

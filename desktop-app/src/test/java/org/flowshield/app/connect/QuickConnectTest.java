package org.flowshield.app.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowshield.app.choice.Choice;
import org.flowshield.app.choice.Target;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.screen.Context;
import org.flowshield.app.settings.Settings;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.HandUi;
import org.flowshield.app.testkit.Samples;
import org.flowshield.app.text.Language;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.payment.Quote;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class QuickConnectTest {

    private final FakeDaemon daemon = new FakeDaemon();
    private final HandUi ui = new HandUi();
    private final Choice choice = new Choice();
    private final List<String> pages = new ArrayList<>();
    private final Context context =
            Contexts.of(daemon, Language.ENGLISH, ui, _ -> {}, InstantSource.fixed(Contexts.NOW));
    private final QuickConnect quick =
            new QuickConnect(
                    context.daemon(),
                    context.work(),
                    context.clock(),
                    context.settings(),
                    choice,
                    () -> pages.add("page"));

    @BeforeEach
    void a_daemon_that_is_not_connected() {
        Settings _ = context.settings().change(before -> before.withFirstRunDone(true));
        daemon.say(
                new DaemonState.Live(
                        Samples.node(
                                Samples.client(ClientState.DISCONNECTED, null, null),
                                Samples.payment("30"))));
        daemon.answer("find", Samples.market());
    }

    @Test
    void what_costs_nothing_is_connected_to_at_once() {
        daemon.answer("quote", Samples.quote(Samples.DUTCH, null, "0"));
        connects();
        assertThat(requests()).containsExactly(Target.BEST.request(null));
    }

    @Test
    void a_price_that_was_agreed_to_before_is_paid_and_no_higher_one() {
        daemon.answer("quote", agreed(Samples.quote(Samples.DUTCH, "0.5", "2"), null));
        connects();
        assertThat(requests()).containsExactly(Target.BEST.request(Samples.flow("0.5")));
    }

    @Test
    void a_price_that_nobody_agreed_to_is_asked_on_the_page() {
        daemon.answer("quote", Samples.quote(Samples.DUTCH, "0.5", "2"));
        leadsToThePage();
        assertThat(choice.wanted().get()).isTrue();

        ConnectModel model = new ConnectModel();
        ConnectController page = new ConnectController(model, context, choice, new Throughput());
        daemon.answer("find", Samples.market()); // the page looks at the market, and asks anew
        daemon.answer("find", Samples.market());
        daemon.answer("quote", Samples.quote(Samples.DUTCH, "0.5", "2"));
        page.shown();
        ui.await("the price", () -> model.phase().get() == Phase.OFFERED);
        assertThat(requests()).isEmpty();
    }

    @Test
    void a_price_with_a_warning_is_looked_at_first() {
        daemon.answer(
                "quote",
                agreed(Samples.quote(Samples.DUTCH, "0.5", "2"), "it is three times the median"));
        leadsToThePage();
    }

    @Test
    void what_stands_in_the_way_is_told_on_the_page() {
        daemon.say(
                new DaemonState.Live(
                        Samples.node(
                                Samples.client(ClientState.DISCONNECTED, null, null),
                                Samples.payment("0.1"))));
        daemon.answer("quote", agreed(Samples.quote(Samples.DUTCH, "0.5", "2"), null));
        leadsToThePage();
    }

    @Test
    void a_failure_is_told_on_the_page_and_nothing_is_tried_twice() {
        daemon.answer("quote", Samples.quote(Samples.DUTCH, null, "0"));
        daemon.refuse("connect", new Problem("timeout", "no answer", "try another"));
        leadsToThePageAfterConnecting();

        ConnectModel model = new ConnectModel();
        ConnectController page = new ConnectController(model, context, choice, new Throughput());
        daemon.answer("find", Samples.market());
        page.shown();
        ui.await("the failure", () -> model.phase().get() == Phase.FAILED);
        assertThat(model.failure().get().problem().code()).isEqualTo("timeout");
        assertThat(choice.failure().get()).isNull();
        assertThat(requests()).hasSize(1);
    }

    @Test
    void who_was_overtaken_by_another_request_is_told_nothing() {
        daemon.answer("quote", Samples.quote(Samples.DUTCH, null, "0"));
        daemon.refuse("connect", new Problem("superseded", "another one came", "none"));
        quick.connect();
        AtomicInteger told = new AtomicInteger();
        ui.await("the price, then the refusal", () -> told.getAndIncrement() == 2);
        assertThat(requests()).hasSize(1);
        assertThat(pages).isEmpty();
        assertThat(choice.failure().get()).isNull();
    }

    @Test
    void before_the_first_run_is_done_and_without_a_daemon_the_window_is_opened() {
        Settings _ = context.settings().change(before -> before.withFirstRunDone(false));
        quick.connect();
        assertThat(pages).hasSize(1);

        Settings _ = context.settings().change(before -> before.withFirstRunDone(true));
        daemon.say(new DaemonState.Away(DaemonState.Reason.STOPPED, "it stopped"));
        quick.connect();
        assertThat(pages).hasSize(2);
        assertThat(daemon.asked()).isEmpty();
    }

    @Test
    void a_connection_that_somebody_else_has_made_meanwhile_is_left_alone_and_can_be_ended() {
        daemon.answer("quote", Samples.quote(Samples.DUTCH, null, "0"));
        quick.connect();
        connected();
        ui.await("the price", () -> !quick.asking().get());
        assertThat(requests()).isEmpty();

        daemon.answer("find", Samples.market());
        daemon.answer("quote", Samples.quote(Samples.DUTCH, null, "0"));
        quick.connect();
        assertThat(quick.asking().get()).isTrue();
        daemon.answer("disconnect", Samples.client(ClientState.DISCONNECTED, null, null));
        quick.disconnect();
        ui.await("the end", () -> daemon.asked().getLast().what().equals("disconnect"));
    }

    private void connected() {
        daemon.say(
                new DaemonState.Live(
                        Samples.node(Samples.connected(Traffic.NONE), Samples.payment("30"))));
    }

    @Test
    void what_can_t_be_ended_is_told_on_the_page() {
        daemon.refuse("disconnect", new Problem("stopping", "it stops", "wait"));
        quick.disconnect();
        ui.await("told", () -> !pages.isEmpty());
        assertThat(choice.failure().get()).isNotNull();
    }

    private void connects() {
        daemon.answer("connect", Samples.connected(Traffic.NONE));
        quick.connect();
        assertThat(quick.asking().get()).isTrue();
        ui.await("connected", () -> requests().size() == 1);
        assertThat(quick.asking().get()).isFalse();
        assertThat(pages).isEmpty();
    }

    private void leadsToThePage() {
        quick.connect();
        ui.await("the page", () -> !pages.isEmpty());
        assertThat(quick.asking().get()).isFalse();
        assertThat(requests()).isEmpty();
    }

    private void leadsToThePageAfterConnecting() {
        quick.connect();
        ui.await("the page", () -> !pages.isEmpty());
        assertThat(requests()).hasSize(1);
    }

    private List<ConnectRequest> requests() {
        return daemon.asked().stream()
                .filter(asked -> asked.what().equals("connect"))
                .map(asked -> (ConnectRequest) asked.with())
                .toList();
    }

    /** The same, within what the daemon was told that it may cost. */
    private static Quote agreed(Quote quote, @Nullable String warning) {
        return new Quote(
                quote.provider(),
                quote.peerId(),
                quote.free(),
                quote.pricePerGib(),
                quote.payee(),
                quote.minDeposit(),
                quote.deposit(),
                true,
                quote.validUntil(),
                quote.channel(),
                warning);
    }
}

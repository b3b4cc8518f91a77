package org.flowshield.app.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.FakeDesks;
import org.flowshield.app.testkit.HandUi;
import org.flowshield.app.testkit.Statuses;
import org.flowshield.app.text.Language;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.network.BootstrapNode;
import org.flowshield.node.api.network.MalformedWayException.Reason;
import org.flowshield.node.api.network.NetworkChange;
import org.flowshield.node.api.network.NetworkSettings;
import org.flowshield.node.api.network.RpcUrl;
import org.flowshield.node.api.payment.NetworkStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is chosen of ways is what the service says, and nothing is sent that can't be. */
@Timeout(60)
final class NetworkControllerTest {

    private static final DaemonState LIVE = new DaemonState.Live(Statuses.serving());
    private static final DaemonState AWAY =
            new DaemonState.Away(DaemonState.Reason.STOPPED, "it died");
    private static final String NODE =
            "/ip4/203.0.113.7/tcp/4001/p2p/12D3KooWQnwEGNqcM2nAcPtRR9rAX8Hrg4k9kJLCHoTR5chJfz6d";
    private static final NetworkSettings NONE = chosen(List.of(), List.of());
    private static final NetworkSettings OWN =
            chosen(rpcs("https://mine.example/key"), List.of(new BootstrapNode(NODE)));

    private final FakeDaemon daemon = new FakeDaemon();
    private final FakeDesks desks = new FakeDesks();
    private final HandUi ui = new HandUi();
    private final NetworkModel model = new NetworkModel();
    private final NetworkController controller =
            new NetworkController(model, Contexts.of(daemon, Language.ENGLISH, ui, desks));

    @Test
    void what_is_chosen_is_asked_for_each_time_that_the_service_begins_to_answer() {
        live(OWN);
        controller.heard(LIVE);
        assertThat(questions("networkSettings")).isEqualTo(1);
        assertThat(model.rpcs().typed().get()).isEqualTo("https://mine.example/key");
        assertThat(model.bootstrap().typed().get()).isEqualTo(NODE);
        assertThat(model.rpcs().own().get()).isTrue();
        assertThat(model.rpcs().usable().get()).isFalse();

        controller.heard(AWAY);
        assertThat(model.settings().get()).isNull();
        assertThat(model.rpcs().own().get()).isFalse();
        live(NONE);
        assertThat(model.rpcs().typed().get()).isEmpty();
        assertThat(model.rpcs().own().get()).isFalse();
    }

    @Test
    void the_desks_go_by_what_the_service_says() {
        live(OWN);
        assertThat(desks.asked().getLast())
                .isEqualTo(new FakeDesks.Asked("rpcs", rpcs("https://mine.example/key")));
        daemon.answer("changeNetwork", NONE);
        controller.leaveRpcs();
        ui.await("it is told", () -> !model.rpcs().own().get());
        assertThat(desks.asked().getLast()).isEqualTo(new FakeDesks.Asked("rpcs", List.of()));
    }

    @Test
    void what_is_wrong_is_told_while_it_is_typed_and_is_not_sent() {
        live(NONE);
        controller.typeRpcs("https://a.example\nws://b.example");
        assertThat(model.rpcs().wrong().get())
                .isEqualTo(new NetworkModel.Wrong(Reason.NOT_HTTP, 2));
        controller.useRpcs();
        controller.typeRpcs(" ");
        assertThat(model.rpcs().wrong().get()).isNull();
        controller.useRpcs();
        controller.typeBootstrap("/ip4/203.0.113.7/tcp/4001");
        assertThat(model.bootstrap().wrong().get())
                .isEqualTo(new NetworkModel.Wrong(Reason.NO_PEER, 1));
        controller.useBootstrap();
        controller.leaveRpcs();
        controller.leaveBootstrap();
        assertThat(questions("changeNetwork")).isZero();
    }

    @Test
    void what_is_refused_stays_typed_and_what_was_chosen_stays_chosen() {
        live(OWN);
        controller.typeRpcs("https://other.example");
        daemon.refuse(
                "changeNetwork", new Problem("rpc_wrong_chain", "it is of chain 1", "another"));
        controller.useRpcs();
        assertThat(model.busy().get()).isTrue();
        ui.await("it is said", () -> model.failure().get() != null);
        assertThat(model.busy().get()).isFalse();
        assertThat(model.rpcs().typed().get()).isEqualTo("https://other.example");
        assertThat(model.rpcs().usable().get()).isTrue();
        assertThat(model.settings().get()).isEqualTo(OWN);
    }

    @Test
    void each_list_is_changed_alone_and_what_is_typed_into_the_other_stays() {
        live(NONE);
        controller.typeBootstrap(NODE);
        controller.typeRpcs("https://mine.example/key");
        NetworkSettings now = chosen(rpcs("https://mine.example/key"), List.of());
        daemon.answer("changeNetwork", now);
        controller.useRpcs();
        ui.await("it holds", () -> now.equals(model.settings().get()));
        assertThat(daemon.asked().getLast().with())
                .isEqualTo(new NetworkChange(rpcs("https://mine.example/key"), null));
        assertThat(model.bootstrap().typed().get()).isEqualTo(NODE);

        daemon.answer("changeNetwork", OWN);
        controller.useBootstrap();
        ui.await("it holds", () -> OWN.equals(model.settings().get()));
        assertThat(daemon.asked().getLast().with())
                .isEqualTo(new NetworkChange(null, List.of(new BootstrapNode(NODE))));
        assertThat(model.bootstrap().usable().get()).isFalse();
    }

    @Test
    void an_answer_that_comes_after_the_page_is_hidden_changes_nothing() {
        daemon.answer("networkSettings", OWN);
        controller.heard(LIVE);
        while (questions("networkSettings") == 0) {
            Thread.onSpinWait(); // its answer is that which comes too late
        }
        controller.hidden();
        live(NONE);
        ui.settle();
        assertThat(model.settings().get()).isEqualTo(NONE);
    }

    @Test
    void a_change_that_is_on_its_way_when_the_page_is_hidden_reaches_the_desks_all_the_same() {
        live(NONE);
        CountDownLatch taken = new CountDownLatch(1);
        daemon.answerLate("changeNetwork", OWN, taken);
        controller.typeRpcs("https://mine.example/key");
        controller.useRpcs();
        while (questions("changeNetwork") == 0) {
            Thread.onSpinWait(); // it is on its way
        }
        controller.hidden();
        assertThat(model.rpcs().typed().get()).isEmpty();

        // Shown again, it is asked for when the change has come to its end.
        controller.heard(LIVE);
        assertThat(questions("networkSettings")).isEqualTo(1);
        daemon.answer("networkSettings", OWN);
        taken.countDown();
        ui.await("it is told", () -> OWN.equals(model.settings().get()));
        assertThat(questions("networkSettings")).isEqualTo(2);
        assertThat(desks.asked())
                .filteredOn(new FakeDesks.Asked("rpcs", rpcs("https://mine.example/key"))::equals)
                .hasSize(2);
        assertThat(model.busy().get()).isFalse();
    }

    @Test
    void a_change_that_ends_while_nobody_looks_is_not_shown() {
        live(NONE);
        CountDownLatch taken = new CountDownLatch(1);
        daemon.answerLate("changeNetwork", OWN, taken);
        controller.typeRpcs("https://mine.example/key");
        controller.useRpcs();
        controller.hidden();
        taken.countDown();
        ui.await(
                "the desks are told",
                () ->
                        desks.asked()
                                .contains(
                                        new FakeDesks.Asked(
                                                "rpcs", rpcs("https://mine.example/key"))));
        ui.settle();
        assertThat(model.settings().get()).isNull();
        live(OWN);
    }

    private void live(NetworkSettings holds) {
        daemon.answer("networkSettings", holds);
        controller.heard(LIVE);
        ui.await("it is told", () -> model.settings().get() != null);
    }

    private long questions(String what) {
        return daemon.asked().stream().filter(asked -> asked.what().equals(what)).count();
    }

    private static NetworkSettings chosen(List<RpcUrl> rpcs, List<BootstrapNode> nodes) {
        return new NetworkSettings(
                rpcs,
                nodes,
                new NetworkSettings.InForce(
                        31_337L,
                        rpcs.isEmpty() ? rpcs("https://network.example") : rpcs,
                        NetworkStatus.Identities.RPC,
                        nodes,
                        null));
    }

    private static List<RpcUrl> rpcs(String... urls) {
        return Arrays.stream(urls).map(url -> new RpcUrl(URI.create(url))).toList();
    }
}

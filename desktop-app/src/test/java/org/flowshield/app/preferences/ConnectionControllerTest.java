package org.flowshield.app.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.HandUi;
import org.flowshield.app.testkit.Statuses;
import org.flowshield.app.text.Language;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.api.MalformedDnsServerException;
import org.flowshield.node.api.MalformedDnsServerException.Reason;
import org.flowshield.node.api.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is chosen for connections is what the service says, and nothing is sent that can't be. */
@Timeout(60)
final class ConnectionControllerTest {

    private static final DaemonState LIVE = new DaemonState.Live(Statuses.serving());
    private static final DaemonState AWAY =
            new DaemonState.Away(DaemonState.Reason.STOPPED, "it died");
    private static final ClientSettings OWN = new ClientSettings(servers("9.9.9.9"), true);

    private final FakeDaemon daemon = new FakeDaemon();
    private final HandUi ui = new HandUi();
    private final ConnectionModel model = new ConnectionModel();
    private final ConnectionController controller =
            new ConnectionController(
                    model,
                    Contexts.of(
                            daemon,
                            Language.ENGLISH,
                            ui,
                            _ -> {},
                            InstantSource.fixed(Contexts.NOW)));

    @Test
    void it_is_asked_once_each_time_that_the_service_begins_to_answer() {
        live(OWN);
        controller.heard(LIVE);
        assertThat(questions("clientSettings")).isEqualTo(1);
        assertThat(model.typed().get()).isEqualTo("9.9.9.9");
        assertThat(model.lan().get()).isTrue();

        controller.heard(AWAY);
        assertThat(model.settings().get()).isNull();
        live(ClientSettings.DEFAULT);
        assertThat(questions("clientSettings")).isEqualTo(2);
        assertThat(model.own().get()).isFalse();
    }

    @Test
    void a_service_that_can_not_tell_is_said_and_nothing_is_changed() {
        daemon.refuse(
                "clientSettings", new Problem("not_found", "there is no such path", "update"));
        controller.heard(LIVE);
        ui.await("it is said", () -> model.failure().get() != null);
        controller.lan(true);
        controller.own(true);
        controller.type("9.9.9.9");
        controller.use();
        assertThat(questions("change")).isZero();
    }

    @Test
    void what_is_wrong_is_told_while_it_is_typed_and_is_not_sent() {
        live(ClientSettings.DEFAULT);
        controller.own(true);
        controller.type("quad9");
        assertThat(model.wrong().get())
                .isEqualTo(new ConnectionModel.Wrong(Reason.NOT_AN_ADDRESS, "quad9"));
        controller.use();
        controller.type("9.9.9.9 1.1.1.1 8.8.8.8 4.4.4.4");
        assertThat(model.wrong().get())
                .isEqualTo(new ConnectionModel.Wrong(Reason.TOO_MANY, "4.4.4.4"));
        controller.use();
        controller.type(" ");
        assertThat(model.wrong().get()).isNull();
        controller.use();
        assertThat(questions("change")).isZero();
    }

    @Test
    void what_is_refused_goes_back_and_what_was_typed_stays() {
        live(ClientSettings.DEFAULT);
        controller.own(true);
        controller.type("9.9.9.9");
        daemon.refuse("change", new Problem("settings_not_kept", "the disk is full", "look"));
        controller.use();
        assertThat(model.busy().get()).isTrue();
        ui.await("it is said", () -> model.failure().get() != null);
        assertThat(model.typed().get()).isEqualTo("9.9.9.9");
        assertThat(model.usable().get()).isTrue();
        assertThat(model.busy().get()).isFalse();

        daemon.answer("change", new ClientSettings(servers("9.9.9.9"), false));
        controller.use();
        ui.await("it holds", () -> model.inUse().get());
        assertThat(model.failure().get()).isNull();
    }

    @Test
    void a_switch_that_is_refused_goes_back() {
        live(OWN);
        daemon.refuse("change", new Problem("network_not_changed", "no right", "look"));
        controller.lan(false);
        assertThat(model.lan().get()).isFalse();
        ui.await("it is said", () -> model.failure().get() != null);
        assertThat(model.lan().get()).isTrue();
        assertThat(daemon.asked().getLast().with())
                .isEqualTo(new ClientSettingsChange(null, false));
    }

    @Test
    void servers_that_are_half_typed_stay_when_the_local_network_is_switched() {
        live(ClientSettings.DEFAULT);
        controller.own(true);
        controller.type("9.9.9");
        daemon.answer("change", new ClientSettings(List.of(), true));
        controller.lan(true);
        ui.await("it holds", () -> !model.busy().get());
        assertThat(model.lan().get()).isTrue();
        assertThat(model.own().get()).isTrue();
        assertThat(model.typed().get()).isEqualTo("9.9.9");

        controller.type("9.9.9.9");
        daemon.answer("change", new ClientSettings(servers("9.9.9.9"), true));
        controller.use();
        ui.await("it holds", () -> model.inUse().get());
        daemon.answer("change", new ClientSettings(servers("1.1.1.1"), false));
        controller.lan(false);
        ui.await("what somebody else chose is shown", () -> !model.busy().get());
        assertThat(model.typed().get()).isEqualTo("1.1.1.1");
    }

    @Test
    void an_answer_that_comes_after_the_page_is_hidden_changes_nothing() {
        daemon.answer("clientSettings", OWN);
        controller.heard(LIVE);
        while (questions("clientSettings") == 0) {
            Thread.onSpinWait(); // its answer is that which comes too late
        }
        controller.hidden();
        live(ClientSettings.DEFAULT);
        ui.settle();
        assertThat(model.settings().get()).isEqualTo(ClientSettings.DEFAULT);
    }

    private void live(ClientSettings holds) {
        daemon.answer("clientSettings", holds);
        controller.heard(LIVE);
        ui.await("it is told", () -> model.settings().get() != null);
    }

    private long questions(String what) {
        return daemon.asked().stream().filter(asked -> asked.what().equals(what)).count();
    }

    private static List<DnsServer> servers(String text) {
        try {
            return DnsServer.parseAll(text);
        } catch (MalformedDnsServerException e) {
            throw new AssertionError(e);
        }
    }
}

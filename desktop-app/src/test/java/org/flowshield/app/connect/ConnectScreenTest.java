package org.flowshield.app.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import org.flowshield.app.choice.Choice;
import org.flowshield.app.choice.Target;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.screen.Context;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.Golden;
import org.flowshield.app.testkit.Samples;
import org.flowshield.app.testkit.SceneAudit;
import org.flowshield.app.testkit.Toolkit;
import org.flowshield.app.testkit.UiTest;
import org.flowshield.app.text.Language;
import org.flowshield.app.theme.Brightness;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.payment.PaymentStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ConnectScreenTest extends UiTest {

    private static final Problem SILENT =
            new Problem(
                    "no_provider_answers",
                    "not connected, nothing was paid: three providers were tried and none answers",
                    "try again in a minute, or choose another provider");

    private final FakeDaemon daemon = new FakeDaemon();
    private final Choice choice = new Choice();
    private @Nullable ConnectController controller;
    private @Nullable ConnectView view;
    private final Throughput throughput = new Throughput();

    @AfterEach
    void leave() {
        if (controller != null) {
            Toolkit.run(controller::hidden);
            assertThat(daemon.watchers()).isZero();
        }
    }

    @Test
    void one_click_asks_for_the_price_and_a_second_one_pays_it() {
        open(Language.ENGLISH, Brightness.LIGHT, null);
        assertThat(text("connect-state")).isEqualTo("Not connected");
        offer();
        click("connect-act");
        await("the price", () -> text("connect-act").contains("0.5 FLOW"));
        assertThat(isThere("connect-offer")).isTrue();

        daemon.answer("connect", Samples.connected(Traffic.NONE));
        click("connect-act");
        await("connected", () -> text("connect-state").equals("Connected"));
        assertThat(text("connect-traffic")).contains("through the tunnel");
        assertThat(text("connect-spent")).isEqualTo("0.6214 FLOW");
    }

    @Test
    void escape_is_no_to_the_price() {
        open(Language.ENGLISH, Brightness.LIGHT, null);
        offer();
        press(KeyCode.ENTER);
        await("the price", () -> text("connect-act").contains("0.5 FLOW"));
        press(KeyCode.ESCAPE);
        await("back", () -> text("connect-state").equals("Not connected"));
        assertThat(daemon.asked()).noneMatch(asked -> asked.what().equals("connect"));
    }

    @Test
    void a_country_is_chosen_from_those_that_the_market_has() {
        open(Language.ENGLISH, Brightness.LIGHT, null);
        press(KeyCode.TAB); // from the large button to the list
        Toolkit.run(() -> node("connect-target").requestFocus());
        press(KeyCode.DOWN);
        assertThat(choice.target().get()).isEqualTo(new Target.Country("AU"));
    }

    @Test
    void blocked_traffic_is_said_in_words() {
        open(
                Language.ENGLISH,
                Brightness.LIGHT,
                Samples.client(ClientState.RECONNECTING, Samples.multiaddr(Samples.DUTCH), SILENT));
        assertThat(text("connect-traffic")).isEqualTo("All traffic to the internet is blocked");
        say(Samples.client(ClientState.BLOCKING_FAILED, null, SILENT));
        await("said", () -> text("connect-state").equals("Not protected"));
        assertThat(text("connect-traffic")).contains("Not known");
    }

    @Test
    void a_service_that_was_killed_has_left_traffic_blocked_and_both_ways_on_are_there() {
        Problem restarted = new Problem("restarted", "killed", "connect");
        open(
                Language.ENGLISH,
                Brightness.LIGHT,
                Samples.client(ClientState.RECONNECTING, null, restarted));
        assertThat(text("connect-state")).isEqualTo("Blocked");
        assertThat(text("connect-meaning"))
                .isEqualTo(
                        "The service was restarted. Nothing leaves for the internet until you"
                                + " connect or disconnect.");
        assertThat(text("connect-traffic")).isEqualTo("All traffic to the internet is blocked");
        assertThat(isThere("connect-session")).isFalse();
        audit("held in English");
        offer();
        click("connect-act");
        await("the price", () -> isThere("connect-offer"));
        assertThat(text("connect-traffic")).isEqualTo("All traffic to the internet is blocked");
        click("connect-decline");
        await("held again", () -> text("connect-state").equals("Blocked"));
        assertThat(text("connect-decline")).isEqualTo("Disconnect");
        daemon.answer("disconnect", Samples.client(ClientState.DISCONNECTED, null, null));
        click("connect-decline");
        await(
                "disconnected",
                () -> daemon.asked().stream().anyMatch(asked -> asked.what().equals("disconnect")));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void can_be_used_by_everybody_in_every_language(Language language) {
        for (Brightness brightness : new Brightness[] {Brightness.LIGHT, Brightness.DARK}) {
            for (ClientState state : ClientState.values()) {
                open(language, brightness, client(state));
                audit(state + " in " + language + ", " + brightness);
            }
            open(language, brightness, null);
            offer();
            click("connect-act");
            await("the price", () -> isThere("connect-offer"));
            audit("offer in " + language + ", " + brightness);
            open(language, brightness, null, Samples.payment("0"));
            offer();
            click("connect-act");
            await("the obstacle", () -> isThere("connect-obstacle"));
            audit("obstacle in " + language + ", " + brightness);
        }
    }

    private void audit(String what) {
        assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).as(what).isEmpty();
        small();
        Toolkit.settle();
        assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot())))
                .as(what + ", small window")
                .isEmpty();
    }

    @Test
    void everything_is_reached_by_keyboard() {
        open(Language.ENGLISH, Brightness.LIGHT, failed());
        for (String id : new String[] {"connect-act", "connect-another", "connect-list"}) {
            for (int i = 0; i < 8 && !focused(id); i++) {
                press(KeyCode.TAB);
            }
            assertThat(focused(id)).as(id).isTrue();
        }
    }

    private boolean focused(String id) {
        return Toolkit.on(() -> node(id).isFocused());
    }

    @Test
    void looks_as_it_shall() {
        for (Brightness brightness : new Brightness[] {Brightness.LIGHT, Brightness.DARK}) {
            String end = "-" + brightness.name().toLowerCase(java.util.Locale.ROOT);
            open(Language.ENGLISH, brightness, null);
            Golden.compare("connect-disconnected" + end, scene());
            offer();
            click("connect-act");
            await("the price", () -> isThere("connect-offer"));
            park();
            Golden.compare("connect-price" + end, scene());
            open(Language.ENGLISH, brightness, client(ClientState.CONNECTING));
            Golden.compare("connect-connecting" + end, scene());
            open(Language.ENGLISH, brightness, client(ClientState.CONNECTED));
            history();
            Golden.compare("connect-connected" + end, scene());
            open(Language.ENGLISH, brightness, failed());
            Golden.compare("connect-failed" + end, scene());
        }
    }

    /** The pointer away from what lights up under it, the focus where it was. */
    private void park() {
        Toolkit.run(() -> new javafx.scene.robot.Robot().mouseMove(0, 0));
        Toolkit.settle();
    }

    /** Five minutes of traffic, the same each time. */
    private void history() {
        Toolkit.run(
                () -> {
                    throughput.clear();
                    long up = 0;
                    long down = 0;
                    Instant at = Contexts.NOW.minusSeconds(240);
                    for (int i = 0; i < 240; i++) {
                        double wave = 1 + Math.sin(i / 17.0) * 0.6 + Math.sin(i / 5.0) * 0.25;
                        down += (long) (6_500_000 * wave);
                        up += (long) (1_200_000 * (1 + Math.cos(i / 23.0) * 0.7));
                        throughput.heard(at.plusSeconds(i), new Traffic(up, 1, down, 1, 0));
                        throughput.tick(at.plusSeconds(i));
                    }
                    throughput.heard(
                            Contexts.NOW, new Traffic(up + 1_400_000, 1, down + 7_800_000, 1, 0));
                    controller().tick();
                });
        Toolkit.settle();
    }

    private void offer() {
        daemon.answer("find", Samples.market());
        daemon.answer("quote", Samples.quote(Samples.DUTCH, "0.5", "2"));
    }

    private static ClientStatus client(ClientState state) {
        return switch (state) {
            case CONNECTED -> Samples.connected(new Traffic(231_000_000, 1, 1_100_439_862, 1, 0));
            case DISCONNECTED, BLOCKING_FAILED, DISCONNECTING ->
                    Samples.client(state, null, state == ClientState.DISCONNECTED ? null : SILENT);
            case CONNECTING -> Samples.client(state, Samples.multiaddr(Samples.DUTCH), null);
            case RECONNECTING -> Samples.client(state, Samples.multiaddr(Samples.DUTCH), SILENT);
        };
    }

    private static ClientStatus failed() {
        return Samples.client(
                ClientState.DISCONNECTED,
                null,
                SILENT,
                new FailedProvider(
                        Samples.multiaddr(Samples.DUTCH),
                        new Problem("no_answer", "it does not answer within 10 s", "")),
                new FailedProvider(
                        Samples.multiaddr(Samples.peer(2)),
                        new Problem("price", "it asks for 0.9 FLOW, the limit is 0.5 FLOW", "")),
                new FailedProvider(
                        Samples.multiaddr(Samples.peer(4)),
                        new Problem("full", "it has no room for another session", "")));
    }

    private void say(ClientStatus client) {
        daemon.say(new DaemonState.Live(Samples.node(client, Samples.payment("30"))));
        Toolkit.settle();
    }

    private ConnectController controller() {
        return java.util.Objects.requireNonNull(controller);
    }

    private void open(Language language, Brightness brightness, @Nullable ClientStatus client) {
        open(language, brightness, client, Samples.payment("30"));
    }

    private void open(
            Language language,
            Brightness brightness,
            @Nullable ClientStatus client,
            PaymentStatus payment) {
        leave();
        choice.target().set(Target.BEST);
        daemon.say(new DaemonState.Live(Samples.node(client, payment)));
        daemon.answer("find", Samples.market());
        Toolkit.run(
                () -> {
                    Context context = Contexts.of(daemon, language);
                    ConnectModel model = new ConnectModel();
                    throughput.clear();
                    controller = new ConnectController(model, context, choice, throughput);
                    view =
                            new ConnectView(
                                    model,
                                    controller,
                                    context.texts("connect"),
                                    throughput,
                                    context.format());
                });
        show(java.util.Objects.requireNonNull(view).root(), brightness);
        Toolkit.run(controller()::shown);
        await(
                "the market",
                () -> {
                    Node targets = node("connect-target");
                    return targets instanceof javafx.scene.control.ComboBox<?> box
                            && box.getItems().size() > 2;
                });
        Toolkit.run(
                () -> {
                    if (node("connect-act").getScene().getRoot().lookup(".scroll-pane")
                            instanceof ScrollPane pane) {
                        pane.setVvalue(0);
                    }
                });
        Toolkit.settle();
    }
}

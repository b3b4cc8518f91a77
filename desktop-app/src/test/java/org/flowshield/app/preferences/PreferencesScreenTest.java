package org.flowshield.app.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.controls.ToggleSwitch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyCode;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.logs.OwnLog;
import org.flowshield.app.screen.Context;
import org.flowshield.app.system.Autostart;
import org.flowshield.app.system.SystemClipboard;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.FakeDesks;
import org.flowshield.app.testkit.Golden;
import org.flowshield.app.testkit.SceneAudit;
import org.flowshield.app.testkit.Statuses;
import org.flowshield.app.testkit.Toolkit;
import org.flowshield.app.testkit.UiTest;
import org.flowshield.app.testkit.Wallets;
import org.flowshield.app.text.Language;
import org.flowshield.app.theme.Brightness;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.api.MalformedDnsServerException;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.logs.LogEntry;
import org.flowshield.node.api.logs.LogExcerpt;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.api.network.BootstrapNode;
import org.flowshield.node.api.network.NetworkChange;
import org.flowshield.node.api.network.NetworkSettings;
import org.flowshield.node.api.network.RpcUrl;
import org.flowshield.node.api.payment.NetworkStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PreferencesScreenTest extends UiTest {

    private final FakeDaemon daemon = new FakeDaemon();
    private final FakeDesks desks = new FakeDesks();
    private final List<String> looks = new ArrayList<>();
    private final List<String> copied = new ArrayList<>();
    private final FakeAutostart autostart = new FakeAutostart();

    private ClientSettings settings = ClientSettings.DEFAULT;
    private NetworkSettings ways = ways(List.of(), List.of(), null);

    @TempDir private Path folder;

    @Test
    void a_theme_is_taken_at_once_and_kept() {
        Context context = open(Language.ENGLISH, Brightness.LIGHT);
        click("preferences-theme-dark");
        assertThat(looks).containsExactly("DARK");
        assertThat(context.settings().settings().brightness()).isEqualTo(Brightness.DARK);
        click("preferences-theme-dark");
        assertThat(looks).containsExactly("DARK");
    }

    @Test
    @SuppressWarnings("unchecked")
    void a_language_is_taken_at_once_and_kept() {
        Context context = open(Language.ENGLISH, Brightness.LIGHT);
        Toolkit.run(
                () ->
                        ((ComboBox<Optional<Language>>) node("preferences-language"))
                                .setValue(Optional.of(Language.GERMAN)));
        assertThat(looks).containsExactly("GERMAN");
        assertThat(context.settings().settings().language()).isEqualTo(Language.GERMAN);
    }

    @Test
    void switches_are_kept() {
        Context context = open(Language.ENGLISH, Brightness.LIGHT);
        click("preferences-hide");
        assertThat(context.settings().settings().hideBalances()).isTrue();
        click("preferences-notifications");
        assertThat(context.settings().settings().notifications()).isFalse();
    }

    @Test
    void the_app_starts_by_itself_if_that_can_be_written() {
        open(Language.ENGLISH, Brightness.LIGHT);
        click("preferences-autostart");
        await("the entry is there", () -> autostart.on);
    }

    @Test
    void a_switch_that_can_not_be_changed_goes_back_and_says_why() {
        autostart.broken = true;
        open(Language.ENGLISH, Brightness.LIGHT);
        await("it is told", () -> isThere("preferences-failure"));
        assertThat(text("preferences-failure-title")).contains("could not be changed");
    }

    @Test
    void a_report_is_looked_at_before_it_is_saved() throws IOException {
        open(Language.ENGLISH, Brightness.LIGHT);
        daemon.say(new DaemonState.Live(Statuses.serving()));
        await("it is told", () -> !node("preferences-lan").isDisabled());
        assertThat(isThere("preferences-preview")).isFalse();

        daemon.answer(
                "logs",
                new LogExcerpt(
                        Contexts.NOW,
                        1,
                        0,
                        List.of(
                                new LogEntry(
                                        1,
                                        Contexts.NOW,
                                        LogLevel.WARN,
                                        "a.Some",
                                        "it lost " + Statuses.PEER))));
        reveal("preferences-report");
        click("preferences-report");
        await("it is made", () -> isThere("preferences-preview"));
        String shown = text("preferences-report-text");
        assertThat(shown)
                .contains("service: ", "WARN Some: it lost [peer id]")
                .doesNotContain(Statuses.PEER, "12D3KooW");

        reveal("preferences-report-save");
        click("preferences-report-save");
        await("it is saved", () -> !text("preferences-report-saved").isEmpty());
        assertThat(Files.readString(folder.resolve("flowshield-report.txt"))).isEqualTo(shown);
    }

    @Test
    void a_report_is_made_of_a_service_too_that_does_not_tell_its_log() {
        open(Language.ENGLISH, Brightness.LIGHT);
        daemon.say(new DaemonState.Live(Statuses.serving()));
        await("it is told", () -> !node("preferences-lan").isDisabled());
        daemon.refuse("logs", new Problem("not_found", "there is nothing at /v1/logs", ""));
        reveal("preferences-report");
        click("preferences-report");
        await("it is made", () -> isThere("preferences-preview"));
        assertThat(text("preferences-report-text")).contains("service log: not known");
        assertThat(isThere("preferences-failure")).isFalse();
    }

    @Test
    void the_services_log_is_opened_in_the_page() {
        daemon.say(new DaemonState.Live(Statuses.serving()));
        open(Language.ENGLISH, Brightness.LIGHT);
        assertThat(isThere("logs")).isFalse();
        daemon.always("logs", new LogExcerpt(Contexts.NOW, 0, 0, List.of()));
        reveal("logs-show");
        click("logs-show");
        await("it was read", () -> text("logs-text").isEmpty() && isThere("logs"));
        reveal("logs-close");
        click("logs-close");
        assertThat(isThere("logs")).isFalse();
    }

    @Test
    void nothing_is_watched_when_it_is_hidden() {
        desks.always("network", Wallets.network());
        Toolkit.run(
                () -> {
                    PreferencesScreen screen =
                            new PreferencesScreen(
                                    Contexts.of(daemon, Language.ENGLISH, desks), surroundings());
                    screen.shown();
                    assertThat(daemon.watchers()).isEqualTo(1);
                    screen.hidden();
                });
        assertThat(daemon.watchers()).isZero();
    }

    @Test
    void what_the_service_says_of_connections_is_shown() {
        settings = new ClientSettings(servers("9.9.9.9 2620:fe::fe"), true);
        daemon.say(new DaemonState.Live(Statuses.serving()));
        open(Language.ENGLISH, Brightness.LIGHT);
        assertThat(text("preferences-names-servers")).isEqualTo("9.9.9.9, 2620:fe::fe");
        assertThat(text("preferences-names-state"))
                .isEqualTo("Chosen: they are asked while you are connected.");
        assertThat(isOn("preferences-lan")).isTrue();
        assertThat(isThere("preferences-connection-away")).isFalse();
        assertThat(isDisabled("preferences-names-use")).isTrue();
    }

    @Test
    void while_the_service_does_not_answer_nothing_can_be_changed_and_that_is_said() {
        daemon.say(new DaemonState.Away(DaemonState.Reason.STOPPED, "it died"));
        open(Language.ENGLISH, Brightness.LIGHT);
        assertThat(isThere("preferences-connection-away")).isTrue();
        assertThat(isDisabled("preferences-lan")).isTrue();
        assertThat(isDisabled("preferences-names-own")).isTrue();
        assertThat(isThere("preferences-names-box")).isFalse();

        daemon.say(new DaemonState.Live(Statuses.serving()));
        await("it can be changed", () -> !node("preferences-lan").isDisabled());
        assertThat(isThere("preferences-connection-away")).isFalse();

        daemon.say(new DaemonState.Away(DaemonState.Reason.STOPPED, "it died"));
        await("it can't", () -> node("preferences-lan").isDisabled());
    }

    @Test
    void the_local_network_is_switched_on_and_off() {
        daemon.say(new DaemonState.Live(Statuses.serving()));
        open(Language.ENGLISH, Brightness.LIGHT);
        daemon.answer("change", new ClientSettings(List.of(), true));
        daemon.answer("change", ClientSettings.DEFAULT);
        reveal("preferences-lan");
        click("preferences-lan");
        await("it is on", () -> changes().size() == 1 && !node("preferences-lan").isDisabled());
        assertThat(isOn("preferences-lan")).isTrue();
        click("preferences-lan");
        await("it is off", () -> changes().size() == 2 && !node("preferences-lan").isDisabled());
        assertThat(isOn("preferences-lan")).isFalse();
        assertThat(changes())
                .containsExactly(
                        new ClientSettingsChange(null, true),
                        new ClientSettingsChange(null, false));
    }

    @Test
    void a_change_that_is_refused_goes_back_and_says_why() {
        daemon.say(new DaemonState.Live(Statuses.serving()));
        open(Language.ENGLISH, Brightness.LIGHT);
        daemon.refuse(
                "change",
                new Problem("settings_not_kept", "the settings could not be written", "look"));
        reveal("preferences-lan");
        click("preferences-lan");
        await("it is said", () -> isThere("preferences-connection-failure"));
        assertThat(text("preferences-connection-failure-title")).contains("written to the disk");
        assertThat(isOn("preferences-lan")).isFalse();
    }

    @Test
    void servers_of_ones_own_are_checked_while_they_are_typed_and_kept_only_when_they_can_be() {
        daemon.say(new DaemonState.Live(Statuses.serving()));
        open(Language.ENGLISH, Brightness.LIGHT);
        reveal("preferences-names-own");
        click("preferences-names-own");
        reveal("preferences-names-servers");
        click("preferences-names-servers");
        type("9.9.9");
        assertThat(text("preferences-names-state")).contains("9.9.9 is not an IP address");
        assertThat(isDisabled("preferences-names-use")).isTrue();
        press(KeyCode.ENTER);
        type(".9, 9.9.9.9");
        assertThat(text("preferences-names-state")).isEqualTo("9.9.9.9 is there twice.");
        press(KeyCode.BACK_SPACE);
        type("1");
        assertThat(text("preferences-names-state")).isEmpty();
        assertThat(changes()).isEmpty();

        daemon.answer("change", new ClientSettings(servers("9.9.9.9 9.9.9.1"), false));
        click("preferences-names-use");
        await("it is in use", () -> !text("preferences-names-state").isEmpty());
        assertThat(changes())
                .containsExactly(new ClientSettingsChange(servers("9.9.9.9 9.9.9.1"), null));
        assertThat(text("preferences-names-state"))
                .isEqualTo("Chosen: they are asked while you are connected.");
    }

    @Test
    void the_providers_servers_are_asked_again_by_one_click() {
        settings = new ClientSettings(servers("9.9.9.9"), false);
        daemon.say(new DaemonState.Live(Statuses.serving()));
        open(Language.ENGLISH, Brightness.LIGHT);
        daemon.answer("change", ClientSettings.DEFAULT);
        reveal("preferences-names-provider");
        click("preferences-names-provider");
        await("the field is gone", () -> !isThere("preferences-names-box"));
        assertThat(changes()).containsExactly(new ClientSettingsChange(List.of(), null));
    }

    @Test
    void looking_at_ones_own_servers_and_back_changes_nothing() {
        daemon.say(new DaemonState.Live(Statuses.serving()));
        open(Language.ENGLISH, Brightness.LIGHT);
        reveal("preferences-names-own");
        click("preferences-names-own");
        assertThat(isThere("preferences-names-box")).isTrue();
        click("preferences-names-provider");
        assertThat(isThere("preferences-names-box")).isFalse();
        assertThat(changes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void connections_can_be_chosen_by_everybody_in_every_language(Language language) {
        settings = new ClientSettings(servers("9.9.9.9"), true);
        for (Brightness brightness : List.of(Brightness.LIGHT, Brightness.DARK)) {
            daemon.say(new DaemonState.Live(Statuses.serving()));
            open(language, brightness);
            reveal("preferences-names-servers");
            click("preferences-names-servers");
            press(KeyCode.END);
            type(", 127.0.0.1");
            assertThat(text("preferences-names-state")).contains("127.0.0.1");
            assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).isEmpty();
            Toolkit.run(() -> scene().getWindow().setWidth(700));
            Toolkit.settle();
            assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).isEmpty();
        }
    }

    private static final String NODE = "/ip4/203.0.113.7/tcp/4001/p2p/" + Statuses.PEER;

    @Test
    void ways_of_ones_own_are_shown_and_in_words_without_a_key() {
        ways = ways(rpcs("https://mine.example/key"), nodes(NODE), nodes(NODE + "x"));
        daemon.say(new DaemonState.Live(Statuses.serving()));
        open(Language.ENGLISH, Brightness.LIGHT);
        assertThat(text("preferences-rpcs")).isEqualTo("https://mine.example/key");
        assertThat(text("preferences-rpcs-force"))
                .isEqualTo("In use: your own, https://mine.example/….");
        assertThat(text("preferences-rpcs-believed")).contains("first of them that answers");
        assertThat(text("preferences-bootstrap-force"))
                .startsWith("In use: 1 of your own.")
                .contains("until it is switched off and on");
        assertThat(isDisabled("preferences-rpcs-use")).isTrue();
        assertThat(isDisabled("preferences-rpcs-leave")).isFalse();
        assertThat(isThere("preferences-ways-away")).isFalse();

        reveal("preferences-report");
        click("preferences-report");
        assertThat(text("preferences-report-text")).doesNotContain("mine.example", "key");
    }

    @Test
    void while_the_service_does_not_answer_no_way_can_be_changed_and_that_is_said() {
        daemon.say(new DaemonState.Away(DaemonState.Reason.STOPPED, "it died"));
        open(Language.ENGLISH, Brightness.LIGHT);
        assertThat(isThere("preferences-ways-away")).isTrue();
        assertThat(isDisabled("preferences-rpcs")).isTrue();
        assertThat(isDisabled("preferences-rpcs-leave")).isTrue();
        assertThat(isDisabled("preferences-bootstrap-leave")).isTrue();
        assertThat(text("preferences-rpcs-force")).contains("does not answer");
        assertThat(isThere("preferences-rpcs-believed")).isFalse();
    }

    @Test
    void rpcs_are_checked_while_they_are_typed_and_used_by_the_keyboard_alone() {
        daemon.say(new DaemonState.Live(Statuses.serving()));
        open(Language.ENGLISH, Brightness.LIGHT);
        assertThat(text("preferences-rpcs-force"))
                .isEqualTo("In use: those of the network file, https://network.example.");
        reveal("preferences-rpcs");
        click("preferences-rpcs");
        type("ws://mine.example");
        assertThat(text("preferences-rpcs-state"))
                .isEqualTo("No. 1 does not begin with http:// or https://.");
        press(KeyCode.HOME);
        press(KeyCode.DELETE);
        press(KeyCode.DELETE);
        type("http");
        assertThat(isThere("preferences-rpcs-state")).isFalse();
        press(KeyCode.TAB);
        assertThat(Toolkit.on(() -> node("preferences-rpcs-use").isFocused())).isTrue();
        daemon.answer("changeNetwork", ways(rpcs("http://mine.example"), List.of(), null));
        press(KeyCode.SPACE);
        await("it is in use", () -> text("preferences-rpcs-force").contains("your own"));
        assertThat(text("preferences-rpcs")).isEqualTo("http://mine.example");
        assertThat(daemon.asked().getLast().with())
                .isEqualTo(new NetworkChange(rpcs("http://mine.example"), null));
        assertThat(isDisabled("preferences-rpcs-use")).isTrue();
    }

    @Test
    void an_rpc_of_another_chain_is_refused_with_words_and_what_was_typed_stays() {
        daemon.say(new DaemonState.Live(Statuses.serving()));
        open(Language.ENGLISH, Brightness.LIGHT);
        reveal("preferences-rpcs");
        click("preferences-rpcs");
        type("http://other.example");
        daemon.refuse(
                "changeNetwork",
                new Problem("rpc_wrong_chain", "it is of chain 1; nothing was changed", "name"));
        reveal("preferences-rpcs-use");
        click("preferences-rpcs-use");
        await("it is said", () -> isThere("preferences-ways-failure"));
        assertThat(text("preferences-ways-failure-title")).contains("another chain");
        assertThat(text("preferences-rpcs")).isEqualTo("http://other.example");
        assertThat(text("preferences-rpcs-force")).contains("the network file");
    }

    @Test
    void the_networks_own_are_used_again_by_one_click() {
        ways = ways(List.of(), nodes(NODE), null);
        daemon.say(new DaemonState.Live(Statuses.serving()));
        open(Language.ENGLISH, Brightness.LIGHT);
        daemon.answer("changeNetwork", ways(List.of(), List.of(), null));
        reveal("preferences-bootstrap-leave");
        click("preferences-bootstrap-leave");
        await("it is empty", () -> text("preferences-bootstrap").isEmpty());
        assertThat(daemon.asked().getLast().with()).isEqualTo(new NetworkChange(null, List.of()));
        assertThat(isDisabled("preferences-bootstrap-leave")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void ways_can_be_chosen_by_everybody_in_every_language(Language language) {
        ways =
                ways(
                        rpcs("https://mine.example/key", "http://10.0.0.5:8545"),
                        nodes(NODE),
                        nodes(NODE + "x"));
        for (Brightness brightness : List.of(Brightness.LIGHT, Brightness.DARK)) {
            daemon.say(new DaemonState.Live(Statuses.serving()));
            open(language, brightness);
            reveal("preferences-rpcs");
            click("preferences-rpcs");
            press(KeyCode.CONTROL, KeyCode.END);
            type(" 10.0.0.6");
            assertThat(text("preferences-rpcs-state")).contains("3", "https://rpc.example");
            assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).isEmpty();
            Toolkit.run(() -> scene().getWindow().setWidth(700));
            Toolkit.settle();
            assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).isEmpty();
        }
    }

    private static NetworkSettings ways(
            List<RpcUrl> rpcs, List<BootstrapNode> nodes, @Nullable List<BootstrapNode> serving) {
        return new NetworkSettings(
                rpcs,
                nodes,
                new NetworkSettings.InForce(
                        31_337L,
                        rpcs.isEmpty() ? rpcs("https://network.example") : rpcs,
                        NetworkStatus.Identities.RPC,
                        nodes,
                        serving));
    }

    private static List<RpcUrl> rpcs(String... urls) {
        return Arrays.stream(urls).map(url -> new RpcUrl(URI.create(url))).toList();
    }

    private static List<BootstrapNode> nodes(String address) {
        return List.of(new BootstrapNode(address));
    }

    private List<ClientSettingsChange> changes() {
        return daemon.asked().stream()
                .filter(asked -> asked.what().equals("change"))
                .map(asked -> (ClientSettingsChange) asked.with())
                .toList();
    }

    private static List<DnsServer> servers(String text) {
        try {
            return DnsServer.parseAll(text);
        } catch (MalformedDnsServerException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isOn(String id) {
        return Toolkit.on(() -> ((ToggleSwitch) node(id)).isSelected());
    }

    private boolean isDisabled(String id) {
        return Toolkit.on(() -> node(id).isDisabled());
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void can_be_used_by_everybody_in_every_language(Language language) {
        for (Brightness brightness : List.of(Brightness.LIGHT, Brightness.DARK)) {
            daemon.say(new DaemonState.Live(Statuses.serving()));
            open(language, brightness);
            assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).isEmpty();
            Toolkit.run(() -> scene().getWindow().setWidth(700));
            Toolkit.settle();
            assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).isEmpty();
        }
    }

    @Test
    void looks_as_it_shall() {
        daemon.say(new DaemonState.Live(Statuses.serving()));
        open(Language.ENGLISH, Brightness.LIGHT);
        Golden.compare("settings-light", scene());
        open(Language.ENGLISH, Brightness.DARK);
        Golden.compare("settings-dark", scene());
    }

    @Test
    void the_part_on_connections_looks_as_it_shall() {
        settings = new ClientSettings(servers("9.9.9.9 2620:fe::fe"), true);
        daemon.say(new DaemonState.Live(Statuses.serving()));
        open(Language.ENGLISH, Brightness.LIGHT);
        reveal("preferences-names-servers");
        Golden.compare("settings-connection-light", scene());
        open(Language.ENGLISH, Brightness.DARK);
        reveal("preferences-names-servers");
        Golden.compare("settings-connection-dark", scene());
    }

    private Context open(Language language, Brightness brightness) {
        desks.always("network", Wallets.network());
        Context context = Contexts.of(daemon, language, desks);
        daemon.answer("clientSettings", settings);
        daemon.answer("networkSettings", ways);
        show(
                Toolkit.on(
                        () -> {
                            PreferencesScreen screen =
                                    new PreferencesScreen(context, surroundings());
                            screen.shown();
                            return screen.root();
                        }),
                brightness);
        if (daemon.state() instanceof DaemonState.Live) {
            await("it is told", () -> !node("preferences-lan").isDisabled());
            await("it is told", () -> !node("preferences-rpcs").isDisabled());
        }
        return context;
    }

    private Surroundings surroundings() {
        return new Surroundings(
                new Look() {
                    @Override
                    public void brightness(Brightness chosen) {
                        looks.add(chosen.name());
                    }

                    @Override
                    public void language(@Nullable Language chosen) {
                        looks.add(chosen == null ? "" : chosen.name());
                    }
                },
                autostart,
                (_, name) -> Optional.of(folder.resolve(name)),
                new SystemClipboard() {
                    @Override
                    public void put(String text) {
                        copied.add(text);
                    }

                    @Override
                    public Optional<String> text() {
                        return Optional.empty();
                    }
                },
                new OwnLog(folder.resolve("app.log"), Contexts.NOW, ZoneOffset.UTC),
                new Facts(
                        "0.1.0",
                        Path.of("/home/ann/.config/flowshield/app.json"),
                        null,
                        "Linux 6.12, amd64",
                        "Java 25, JavaFX 26",
                        "GNOME, wayland"));
    }

    private static final class FakeAutostart implements Autostart {

        private volatile boolean on;
        private volatile boolean broken;

        @Override
        public boolean isOn() throws IOException {
            if (broken) {
                throw new IOException("read-only");
            }
            return on;
        }

        @Override
        public void set(boolean now) {
            on = now;
        }
    }
}

package org.flowshield.app.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ScrollPane;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.screen.Context;
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
import org.flowshield.node.api.ReachStatus;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.schedule.ScheduleChange;
import org.flowshield.node.api.schedule.ScheduleStatus;
import org.flowshield.node.desk.wallet.WalletState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ShareScreenTest extends UiTest {

    private final FakeDaemon daemon = new FakeDaemon();
    private final FakeDesks desks = new FakeDesks();
    private WalletState wallet = Wallets.locked();
    private ScheduleStatus schedule = Shares.unscheduled();

    /** Choices are written beside, perhaps after a test has ended. */
    @TempDir(cleanup = CleanupMode.NEVER)
    private Path folder;

    @Test
    void is_set_up_only_after_a_clear_yes() {
        daemon.say(new DaemonState.Live(Statuses.idle()));
        open(Language.ENGLISH, Brightness.LIGHT, false);
        assertThat(node("share-agree").isDisabled()).isTrue();
        scroll(1);
        click("share-understood");
        scroll(1);
        daemon.answer("selling", Shares.nothingSold());
        daemon.answer("earnings", Shares.earnings());
        click("share-agree");
        await("the offer is asked for", () -> isThere("share-price"));
        click("share-price");
        type("0.25");
        click("share-limit");
        type("50");
        desks.answer("look", Shares.look());
        scroll(0.5);
        click("share-look");
        await("what is needed is told", () -> isThere("share-needed"));
        assertThat(node("share-begin").isDisabled()).isFalse();
    }

    @Test
    void says_who_is_connected_and_what_they_brought() {
        running(Language.ENGLISH, Brightness.LIGHT);
        assertThat(text("share-state")).isEqualTo("Sharing");
        assertThat(text("share-earned")).isEqualTo("61.2 FLOW");
        assertThat(text("share-unsettled")).isEqualTo("13.2 FLOW");
        assertThat(text("share-clients")).isEqualTo("2");
        assertThat(text("share-offer")).contains("0.25 FLOW", "50 Mbit/s", "Netherlands");
    }

    @Test
    void is_switched_off_by_its_switch() {
        running(Language.ENGLISH, Brightness.LIGHT);
        daemon.answer("offer", Shares.sold());
        daemon.answer("disable", new RoleStatus(RoleName.PROVIDER, RoleState.OFF, null));
        click("share-on");
        await(
                "it is asked for",
                () -> daemon.asked().stream().anyMatch(asked -> asked.what().equals("disable")));
        daemon.say(new DaemonState.Live(Statuses.idle()));
        await("it is told", () -> text("share-state").equals("Paused"));
    }

    @Test
    void helps_who_can_not_be_reached() {
        daemon.say(
                new DaemonState.Live(
                        Statuses.serving(
                                new ReachStatus(
                                        ReachStatus.State.NOT_PROVEN, "nobody", "open it"))));
        open(Language.ENGLISH, Brightness.LIGHT, true);
        await("it is told", () -> isThere("share-reach-title"));
        assertThat(text("share-reach-title")).contains("Nobody gets through");
    }

    @Test
    void shows_the_hours_of_the_daemon_and_has_it_follow_others() {
        schedule = Shares.scheduled(true, "mon-fri=18-23");
        running(Language.ENGLISH, Brightness.LIGHT);
        await("the hours are told", () -> isThere("share-day-monday"));
        assertThat(hour("share-from-monday")).isEqualTo(18);
        assertThat(((CheckBox) node("share-day-sunday")).isSelected()).isFalse();
        assertThat(text("share-ends-monday")).isEmpty();
        daemon.answer("reschedule", Shares.scheduled(true, "mon-fri=18-23,sun=22-7"));
        Toolkit.run(((CheckBox) node("share-day-sunday"))::fire);
        await("it is asked for", () -> !rescheduled().isEmpty());
        assertThat(text("share-ends-sunday")).isEqualTo("on the next day");
        assertThat(rescheduled())
                .isEqualTo(Shares.scheduled(true, "mon-fri=18-23,sun=22-7").hours().toString());
    }

    private String rescheduled() {
        return daemon.asked().stream()
                .filter(asked -> asked.what().equals("reschedule"))
                .map(asked -> String.valueOf(((ScheduleChange) asked.with()).hours()))
                .findFirst()
                .orElse("");
    }

    private Object hour(String id) {
        return ((ComboBox<?>) node(id)).getValue();
    }

    @Test
    void asks_which_account_acts_where_there_is_more_than_one() {
        running(Language.ENGLISH, Brightness.LIGHT);
        assertThat(isThere("share-account")).isFalse();
        wallet = Wallets.twoAccounts();
        running(Language.ENGLISH, Brightness.LIGHT);
        await("it is asked", () -> isThere("share-account"));
        assertThat(hour("share-account")).isEqualTo(Wallets.ACCOUNT);
        Toolkit.run(() -> choose("share-account", Wallets.SECOND));
        await(
                "its stake is looked at",
                () -> desks.asked().stream().anyMatch(asked -> asked.with().equals(Wallets.OTHER)));
        audit();
    }

    @SuppressWarnings("unchecked")
    private void choose(String id, Object value) {
        ((ComboBox<Object>) node(id)).setValue(value);
    }

    @Test
    void says_how_long_it_is_paused_by_its_hours() {
        daemon.say(
                new DaemonState.Live(Statuses.pausedUntil(Instant.parse("2026-03-01T18:00:00Z"))));
        open(Language.ENGLISH, Brightness.LIGHT, true);
        await("it is told", () -> isThere("share-why"));
        assertThat(text("share-state")).isEqualTo("Paused");
        assertThat(text("share-why")).startsWith("Until ").contains("2026", "by the hours below");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void can_be_used_by_everybody_in_every_language(Language language) {
        for (Brightness brightness : List.of(Brightness.LIGHT, Brightness.DARK)) {
            open(language, brightness, false);
            audit();
            schedule = Shares.scheduled(true, "mon-fri=18-23");
            running(language, brightness);
            await("the hours are told", () -> isThere("share-day-monday"));
            audit();
            Toolkit.run(() -> scene().getWindow().setWidth(700));
            Toolkit.settle();
            audit();
        }
    }

    @Test
    void looks_as_it_shall() {
        for (Brightness brightness : List.of(Brightness.LIGHT, Brightness.DARK)) {
            String name = brightness.name().toLowerCase(java.util.Locale.ROOT);
            open(Language.ENGLISH, brightness, false);
            Golden.compare("share-consent-" + name, scene());
            running(Language.ENGLISH, brightness);
            Golden.compare("share-" + name, scene());
            schedule = Shares.scheduled(true, "mon-fri=18-23,sat=10-8");
            running(Language.ENGLISH, brightness);
            reveal("share-hours");
            Golden.compare("share-hours-" + name, scene());
            paused(brightness);
            Golden.compare("share-paused-" + name, scene());
        }
    }

    /** By its hours, and with a wallet that has two accounts. */
    private void paused(Brightness brightness) {
        wallet = Wallets.twoAccounts();
        daemon.say(
                new DaemonState.Live(Statuses.pausedUntil(Instant.parse("2026-03-01T18:00:00Z"))));
        open(Language.ENGLISH, brightness, true);
        await("all is told", () -> isThere("share-account") && isThere("share-why"));
        await("the earnings are told", () -> !text("share-earned").equals("–"));
        await("the hours are told", () -> isThere("share-hours"));
        wallet = Wallets.locked();
        schedule = Shares.unscheduled();
    }

    private void audit() {
        assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).isEmpty();
    }

    private void running(Language language, Brightness brightness) {
        daemon.say(new DaemonState.Live(Statuses.serving()));
        open(language, brightness, true);
        await("the stake is told", () -> isThere("share-stake"));
        await("the hours are told", () -> isThere("share-hours"));
        await("the earnings are told", () -> !text("share-earned").equals("–"));
    }

    private void open(Language language, Brightness brightness, boolean agreed) {
        desks.always("network", Wallets.network());
        desks.always("state", wallet);
        desks.always("standing", Shares.standing());
        daemon.always("schedule", schedule);
        if (agreed) {
            daemon.answer("selling", Shares.sold());
            daemon.answer("earnings", Shares.earnings());
        }
        Context context = Contexts.of(daemon, language, desks);
        show(
                Toolkit.on(
                        () -> {
                            ChoicesFile choices =
                                    ChoicesFile.open(
                                            folder.resolve(agreed + ".json"), context.work());
                            if (agreed) {
                                var _ = choices.change(ShareChoices::withAgreed);
                            }
                            ShareScreen screen = new ShareScreen(context, choices);
                            screen.shown();
                            return screen.root();
                        }),
                brightness);
    }

    private void scroll(double to) {
        for (Node node : scene().getRoot().lookupAll(".page-scroll")) {
            Toolkit.run(() -> ((ScrollPane) node).setVvalue(to));
        }
        Toolkit.settle();
    }
}

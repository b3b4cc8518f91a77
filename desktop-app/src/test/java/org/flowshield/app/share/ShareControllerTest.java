package org.flowshield.app.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.screen.Context;
import org.flowshield.app.settings.SettingsFile;
import org.flowshield.app.share.ShareModel.Fault;
import org.flowshield.app.share.ShareModel.Page;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.FakeDesks;
import org.flowshield.app.testkit.HandUi;
import org.flowshield.app.testkit.Statuses;
import org.flowshield.app.testkit.Wallets;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Language;
import org.flowshield.app.threads.Ui;
import org.flowshield.app.threads.Work;
import org.flowshield.app.transaction.TransactionController;
import org.flowshield.app.transaction.TransactionModel;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderOffer;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.payment.Earnings;
import org.flowshield.node.api.payment.Settlement;
import org.flowshield.node.api.schedule.ScheduleChange;
import org.flowshield.node.api.schedule.ScheduleStatus;
import org.flowshield.node.desk.share.ShareOrder;
import org.flowshield.node.desk.wallet.WalletState;
import org.flowshield.node.hours.Hours;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

final class ShareControllerTest {

    private final FakeDaemon daemon = new FakeDaemon();
    private final FakeDesks desks = new FakeDesks();
    private final ShareModel model = new ShareModel();
    private WalletState wallet = Wallets.locked();
    private Instant now = Contexts.NOW;
    private Ui ui = Runnable::run;

    /** Choices are written beside, perhaps after a test has ended. */
    @TempDir(cleanup = CleanupMode.NEVER)
    private Path folder;

    @Test
    void nobody_is_asked_before_the_person_has_agreed() {
        ShareController controller = controller();
        controller.shown();
        assertThat(model.page().get()).isEqualTo(Page.CONSENT);
        assertThat(daemon.asked()).isEmpty();
        assertThat(desks.asked()).isEmpty();
    }

    @Test
    void who_has_agreed_and_sells_nothing_yet_is_asked_for_an_offer() {
        daemon.answer("selling", Shares.nothingSold());
        daemon.answer("earnings", Shares.earnings());
        desks.always("standing", Shares.standing());
        ShareController controller = agreed();
        assertThat(model.page().get()).isEqualTo(Page.OFFER);
        controller.hidden();
        assertThat(daemon.watchers()).isZero();
    }

    @Test
    void without_a_wallet_nothing_can_be_sold() {
        wallet = new WalletState.None(Wallets.FOLDER);
        daemon.answer("selling", Shares.nothingSold());
        daemon.answer("earnings", Shares.earnings());
        ShareController _ = agreed();
        assertThat(model.page().get()).isEqualTo(Page.NO_WALLET);
    }

    @Test
    void what_is_typed_is_looked_at_before_anything_is_asked() {
        ShareController controller = selling();
        model.price().set("a little");
        controller.look();
        assertThat(model.fault().get()).isEqualTo(Fault.PRICE);
        model.price().set("0.25");
        model.limit().set("fast");
        controller.look();
        assertThat(model.fault().get()).isEqualTo(Fault.LIMIT);
        assertThat(desks.asked()).noneMatch(asked -> asked.what().equals("look"));
    }

    @Test
    void an_offer_is_looked_at_and_then_done_as_it_was_typed() {
        wallet = Wallets.unlocked();
        ShareController controller = selling();
        model.price().set("0.25");
        model.limit().set("50");
        model.country().set("NL");
        desks.answer("look", Shares.look());
        controller.look();
        await("the look is there", () -> model.look().get() != null);

        desks.answer("on", Shares.shared());
        daemon.answer("selling", Shares.sold());
        daemon.answer("earnings", Shares.earnings());
        controller.begin();
        await("it runs", () -> model.page().get() == Page.RUNNING && model.look().get() == null);

        ShareOrder order =
                (ShareOrder)
                        desks.asked().stream()
                                .filter(asked -> asked.what().equals("on"))
                                .findFirst()
                                .orElseThrow()
                                .with();
        assertThat(order.wallet()).isEqualTo(Wallets.OWN);
        assertThat(order.pricePerGib()).isEqualTo(Wallets.flow("0.25"));
        assertThat(order.limit().bitsPerSecond()).isEqualTo(50_000_000);
        assertThat(order.country()).isEqualTo("NL");
    }

    @Test
    void the_account_that_is_chosen_stakes_and_is_paid() {
        wallet = Wallets.twoAccounts();
        ShareController controller = selling();
        assertThat(model.account().address()).as("the payee").isEqualTo(Wallets.OWN);
        controller.act(Wallets.SECOND);
        model.price().set("0.25");
        model.limit().set("50");
        desks.answer("look", Shares.look());
        controller.look();
        await("the look is there", () -> model.look().get() != null);
        assertThat(desks.asked())
                .filteredOn(asked -> asked.what().equals("look"))
                .extracting(FakeDesks.Asked::with)
                .containsExactly(List.of(Wallets.OTHER));
        assertThat(desks.asked())
                .filteredOn(asked -> asked.what().equals("standing"))
                .extracting(FakeDesks.Asked::with)
                .contains(Wallets.OTHER);
    }

    @Test
    void switched_off_it_stays_off_after_a_restart_of_the_service() {
        ShareController controller = selling();
        daemon.answer("offer", Shares.sold());
        daemon.answer("disable", new RoleStatus(RoleName.PROVIDER, RoleState.OFF, null));
        controller.sharing(false);
        await("it is done", () -> asked("disable"));
        assertThat(daemon.asked())
                .contains(
                        new FakeDaemon.Asked(
                                "offer", new ProviderOffer(null, null, null, null, false)),
                        new FakeDaemon.Asked("disable", RoleName.PROVIDER));
    }

    @Test
    void a_refusal_is_shown() {
        ShareController controller = selling();
        daemon.refuse("enable", new Problem("no_price", "no price", "set one"));
        controller.sharing(true);
        await("it is told", () -> model.failure().get() != null);
        assertThat(model.busy().get()).isFalse();
    }

    @Test
    void settling_says_what_comes_and_what_does_not() {
        ShareController controller = selling();
        Settlement sent = Shares.settlement("2", Settlement.State.SENT);
        Settlement failed = Shares.settlement("9", Settlement.State.FAILED);
        daemon.answer("settle", List.of(sent, failed));
        daemon.answer("earnings", Shares.earnings());
        controller.settle();
        await("it is told", () -> !model.settled().get().isEmpty());
        assertThat(model.settled().get()).contains("2 FLOW", "1 channels").doesNotContain("9 FLOW");
    }

    @Test
    void what_is_earned_is_counted_again_while_somebody_looks_on_and_not_too_often() {
        ShareController controller = selling();
        earns("61.3");
        controller.tick();
        assertThat(countings()).isEqualTo(1);

        now = now.plus(EarningsController.COUNTED_EVERY);
        daemon.answer("earnings", Shares.earnings("61.3"));
        controller.tick();
        await("it is shown", () -> isEarned("61.3"));
        assertThat(countings()).isEqualTo(2);
    }

    @Test
    void a_session_that_ends_is_counted_before_the_daemon_has_summed_it_up() {
        ShareController controller = selling();
        daemon.say(new DaemonState.Live(Statuses.serving()));
        now = now.plus(EarningsController.COUNTED_EVERY);
        controller.tick();
        assertThat(countings()).isEqualTo(1);

        daemon.say(new DaemonState.Live(Statuses.idle()));
        daemon.answer("earnings", Shares.earnings("62"));
        controller.tick();
        await("the end of a session is news", () -> isEarned("62"));
    }

    @Test
    void a_new_day_is_counted_for_itself() {
        ShareController controller = selling();
        now = now.plus(Duration.ofDays(1));
        daemon.answer("earnings", Shares.earnings("61.2001"));
        controller.tick();
        await("it is shown", () -> isEarned("61.2001"));
    }

    @Test
    void a_clock_that_is_put_back_keeps_nobody_waiting() {
        ShareController controller = selling();
        now = now.minus(Duration.ofHours(1));
        earns("61.3");
        daemon.answer("earnings", Shares.earnings("61.3"));
        controller.tick();
        await("it is shown", () -> isEarned("61.3"));
    }

    @Test
    void earnings_that_can_not_be_told_are_a_failure_and_not_asked_for_again_until_there_is_news() {
        ShareController controller = selling();
        earns("61.3");
        now = now.plus(EarningsController.COUNTED_EVERY);
        daemon.refuse("earnings", new Problem("ledger_broken", "it is", "mend it"));
        controller.tick();
        await("it is told", () -> model.failure().get() != null);
        now = now.plus(EarningsController.COUNTED_EVERY);
        controller.tick();
        assertThat(countings()).isEqualTo(2);
    }

    @Test
    void the_hours_are_the_daemons_and_are_suggested_to_who_has_none() {
        ShareController controller = selling();
        await("the schedule is there", () -> model.schedule().get() != null);
        daemon.answer("reschedule", Shares.scheduled(true, "mon-sun=22-7"));
        controller.hours().follow(true);
        await("it is told", () -> hours().equals("true mon-sun=22-7 true"));
        assertThat(rescheduled()).containsExactly("true mon-sun=22-7");

        daemon.answer("schedule", Shares.scheduled(true, "mon-sun=22-7"));
        daemon.answer("reschedule", Shares.scheduled(true, "mon-sat=22-7"));
        controller.hours().choose(DayOfWeek.SUNDAY, null);
        await("it is told", () -> asked(2));
        assertThat(rescheduled()).last().isEqualTo("true mon-sat=22-7");
    }

    @Test
    void hours_that_are_chosen_in_haste_all_arrive() {
        HandUi hand = new HandUi();
        ui = hand;
        daemon.answer("selling", Shares.sold());
        daemon.answer("earnings", Shares.earnings());
        desks.always("standing", Shares.standing());
        daemon.always("reschedule", Shares.scheduled(true, "mon=1-2,tue=3-4,wed=5-6"));
        ShareController controller = controller();
        daemon.always("schedule", Shares.scheduled(true, "never"));
        controller.agree();
        hand.await("the schedule is there", () -> model.schedule().get() != null);

        daemon.answer("schedule", Shares.scheduled(true, "never"));
        daemon.answer("schedule", Shares.scheduled(true, "mon=1-2"));
        controller.hours().choose(DayOfWeek.MONDAY, new Hours(1, 2));
        controller.hours().choose(DayOfWeek.TUESDAY, new Hours(3, 4));
        controller.hours().choose(DayOfWeek.WEDNESDAY, new Hours(5, 6));
        assertThat(hours()).isEqualTo("true mon=1-2,tue=3-4,wed=5-6 true");
        hand.await("the last is sent", () -> asked(2));
        assertThat(rescheduled()).containsExactly("true mon=1-2", "true mon=1-2,tue=3-4,wed=5-6");
    }

    @Test
    void hours_that_are_refused_are_shown_as_the_daemon_has_them() {
        ShareController controller = selling();
        await("the schedule is there", () -> model.schedule().get() != null);
        daemon.refuse("reschedule", new Problem("schedule_not_kept", "the disk is full", "mend"));
        controller.hours().follow(true);
        await("it is told", () -> model.failure().get() != null);
        await("it is as before", () -> hours().startsWith("false"));
    }

    @Test
    void hours_that_somebody_else_chose_meanwhile_are_kept_by_a_change() {
        ShareController controller = selling();
        await("the schedule is there", () -> model.schedule().get() != null);
        daemon.answer("schedule", Shares.scheduled(true, "fri=9-17"));
        daemon.answer("reschedule", Shares.scheduled(true, "mon=1-2,fri=9-17"));
        controller.hours().choose(DayOfWeek.MONDAY, new Hours(1, 2));
        await("it is told", () -> asked(1));
        assertThat(rescheduled()).containsExactly("true mon=1-2,fri=9-17");
    }

    @Test
    void hours_that_somebody_else_chose_are_shown_when_they_switch() {
        ShareController _ = selling();
        await("the schedule is there", () -> model.schedule().get() != null);
        daemon.answer("schedule", Shares.scheduled(true, "fri=9-17"));
        daemon.say(new DaemonState.Live(Statuses.idle()));
        await("it is shown", () -> hours().startsWith("true fri=9-17"));
    }

    private String hours() {
        ScheduleStatus schedule = model.schedule().get();
        return schedule == null
                ? ""
                : schedule.enabled() + " " + schedule.hours() + " " + schedule.on();
    }

    private List<String> rescheduled() {
        return daemon.asked().stream()
                .filter(asked -> asked.what().equals("reschedule"))
                .map(asked -> (ScheduleChange) asked.with())
                .map(change -> change.enabled() + " " + change.hours())
                .toList();
    }

    private boolean asked(int times) {
        return rescheduled().size() == times;
    }

    private void earns(String sum) {
        daemon.say(new DaemonState.Live(Statuses.earning(sum)));
    }

    private boolean isEarned(String sum) {
        Earnings earnings = model.earnings().get();
        return earnings != null && earnings.earned().equals(Wallets.flow(sum));
    }

    private long countings() {
        return daemon.asked().stream().filter(asked -> asked.what().equals("earnings")).count();
    }

    private boolean asked(String what) {
        return daemon.asked().stream().anyMatch(asked -> asked.what().equals(what));
    }

    private ShareController selling() {
        daemon.answer("selling", Shares.sold());
        daemon.answer("earnings", Shares.earnings());
        desks.always("standing", Shares.standing());
        daemon.say(new DaemonState.Live(Statuses.serving()));
        return agreed();
    }

    private ShareController agreed() {
        ShareController controller = controller();
        controller.shown();
        controller.agree();
        await("it has looked", () -> model.page().get() != Page.LOADING && asked("earnings"));
        await("nothing is asked any more", () -> !model.busy().get());
        await("it has counted", () -> model.earnings().get() != null);
        return controller;
    }

    private ShareController controller() {
        desks.always("network", Wallets.network());
        desks.always("state", wallet);
        daemon.always("schedule", Shares.unscheduled());
        Work work = new Work(ui);
        Context context =
                new Context(
                        daemon,
                        work,
                        ui,
                        SettingsFile.open(folder.resolve("app.json")),
                        _ -> {},
                        Language.ENGLISH,
                        new Format(Language.ENGLISH, ZoneOffset.UTC),
                        () -> now,
                        desks.desks());
        return new ShareController(
                model,
                context,
                ChoicesFile.open(folder.resolve("share.json"), work),
                new TransactionController(
                        new TransactionModel(), desks.desks().wallet(), work, ui));
    }

    private static void await(String what, java.util.function.BooleanSupplier claim) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!claim.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("it did not happen: " + what);
            }
            Thread.onSpinWait();
        }
    }
}

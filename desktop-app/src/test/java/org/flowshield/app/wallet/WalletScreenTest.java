package org.flowshield.app.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.system.FilePicker;
import org.flowshield.app.system.SystemClipboard;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.FakeDesks;
import org.flowshield.app.testkit.Golden;
import org.flowshield.app.testkit.SceneAudit;
import org.flowshield.app.testkit.Toolkit;
import org.flowshield.app.testkit.UiTest;
import org.flowshield.app.testkit.Wallets;
import org.flowshield.app.text.Language;
import org.flowshield.app.theme.Brightness;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.node.api.Problem;
import org.flowshield.node.desk.money.Purse;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.transaction.Step;
import org.flowshield.node.desk.wallet.WalletState;
import org.flowshield.node.wallet.history.Fate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WalletScreenTest extends UiTest {

    @TempDir private Path folder;

    private final FakeDaemon daemon = new FakeDaemon();
    private final FakeDesks desks = new FakeDesks();
    private final Board clipboard = new Board();
    private @Nullable WalletScreen screen;
    private boolean creates;

    /** A clipboard in which another program may put its own. */
    private static final class Board implements SystemClipboard {
        private @Nullable String text;
        private @Nullable String instead;

        @Override
        public void put(String copied) {
            text = instead == null ? copied : instead;
        }

        @Override
        public Optional<String> text() {
            return Optional.ofNullable(text);
        }
    }

    @BeforeEach
    void desks() {
        desks.always("network", Wallets.network());
        desks.always("state", Wallets.unlocked());
        desks.always("balances", Wallets.balances());
        desks.always("fee", Wallets.fee());
        desks.always("purse", new Purse(Wallets.OWN, Wallets.flow("40"), null, null));
        desks.always(
                "history",
                List.of(
                        Wallets.entry(true, "1300", Fate.State.CONFIRMED),
                        Wallets.entry(false, "9.5", Fate.State.CONFIRMED),
                        Wallets.entry(false, "1.5", Fate.State.WAITING)));
        daemon.say(new DaemonState.Away(DaemonState.Reason.NOT_RUNNING, ""));
    }

    @AfterEach
    void leave() {
        WalletScreen open = screen;
        if (open != null) {
            Toolkit.run(open::hidden);
            assertThat(daemon.watchers()).isZero();
        }
    }

    @Test
    void shows_what_there_is_or_dots() {
        open(Language.ENGLISH, Brightness.LIGHT);
        assertThat(text("balance-flow")).isEqualTo("1,250.5 FLOW");
        assertThat(text("balance-gas")).isEqualTo("0.25 ETH");
        click("wallet-hide");
        assertThat(text("balance-flow")).isEqualTo("•••• FLOW");
    }

    @Test
    void money_is_sent_after_a_page_that_shows_all_of_it() {
        desks.answer(
                "send",
                (FakeDesks.Talk)
                        conversation -> {
                            if (!conversation.agrees(Wallets.proposal())) {
                                return new Ending.Declined();
                            }
                            conversation.tell(new Step.Signed(Wallets.HASH));
                            conversation.tell(new Step.HandedIn(Wallets.HASH));
                            conversation.tell(new Step.Included(Wallets.HASH, 17, 2));
                            return new Ending.Done(Wallets.HASH, 17, Wei.of(1_000));
                        });
        open(Language.ENGLISH, Brightness.LIGHT);
        fillIn();
        click("send-review");
        await("the confirmation", () -> isThere("transaction-agree"));
        Toolkit.settle();
        assertThat(text("transaction-agree")).isEqualTo("Send 1.5 FLOW");
        assertThat(Toolkit.on(() -> node("transaction-agree").isDisabled())).isTrue();
        assertThat(Toolkit.on(() -> node("transaction-agree").isFocused())).isFalse();
        await("it can be clicked", () -> !node("transaction-agree").isDisabled());
        click("transaction-agree");
        await("the end", () -> isThere("transaction-ended"));
        assertThat(text("transaction-ended")).isEqualTo("Confirmed");
        assertThat(text("transaction-moved")).contains("has moved");
        click("transaction-close");
        assertThat(text("send-amount")).isEmpty();
    }

    @Test
    void enter_on_the_confirmation_signs_nothing() {
        desks.answer(
                "send",
                (FakeDesks.Talk)
                        conversation -> {
                            assertThat(conversation.agrees(Wallets.proposal())).isFalse();
                            return new Ending.Declined();
                        });
        open(Language.ENGLISH, Brightness.LIGHT);
        fillIn();
        click("send-review");
        await("the confirmation", () -> isThere("transaction-agree"));
        await("the focus", () -> node("transaction-decline").isFocused());
        press(KeyCode.ENTER);
        press(KeyCode.ESCAPE);
        await("the form", () -> !isThere("transaction-agree"));
        assertThat(text("send-amount")).isEqualTo("1.5");
    }

    @Test
    void says_what_is_wrong_while_it_is_typed() {
        open(Language.ENGLISH, Brightness.LIGHT);
        click("wallet-send");
        click("send-to");
        type("0x123");
        assertThat(text("send-to-check")).contains("too short");
        click("send-amount");
        type("12,5");
        assertThat(text("send-amount-check")).contains("comma");
        press(KeyCode.CONTROL, KeyCode.A);
        type("99999");
        assertThat(text("send-amount-check")).contains("more than you have");
    }

    @Test
    void a_locked_wallet_asks_for_the_password_where_something_is_signed() {
        desks.always("state", Wallets.locked());
        desks.always("beginUnlock", Duration.ZERO);
        desks.always("closeUnlocking", "");
        desks.refuse("unlock", new Problem("wrong_password", "the password is wrong", "try again"));
        open(Language.ENGLISH, Brightness.LIGHT);
        click("wallet-send");
        assertThat(isThere("send-to")).isFalse();
        click("unlock-password");
        type("five little ponies");
        press(KeyCode.ENTER);
        await("a refusal", () -> isThere("wallet-failure"));
        desks.always("unlock", Wallets.unlocked());
        click("unlock-do");
        desks.always("state", Wallets.unlocked());
        await("the form", () -> isThere("send-to"));
        assertThat(desks.asked().toString()).doesNotContain("ponies");
    }

    @Test
    void an_exchanged_address_in_the_clipboard_is_noticed() {
        open(Language.ENGLISH, Brightness.LIGHT);
        click("receive-copy");
        assertThat(text("receive-said")).contains("b92266");
        clipboard.instead = Wallets.OTHER.toString();
        click("receive-copy");
        assertThat(text("receive-said")).contains("Another address");
        click("receive-pasted");
        type(Wallets.OWN.toString());
        assertThat(text("receive-said")).contains("That is your address");
    }

    @Test
    void the_history_is_searched_and_saved() throws Exception {
        open(Language.ENGLISH, Brightness.LIGHT);
        click("wallet-history");
        click("history-search");
        type("waiting");
        click("history-export");
        await("a file", () -> text("history-said").contains("history.csv"));
        assertThat(Files.readAllLines(folder.resolve("history.csv")))
                .hasSize(2)
                .last()
                .asString()
                .contains("waiting", "1.5");
    }

    @Test
    void without_a_wallet_one_can_be_made() {
        desks.always("state", new WalletState.None(Wallets.FOLDER));
        open(Language.ENGLISH, Brightness.LIGHT);
        await("the offer", () -> isThere("wallet-create"));
        click("wallet-create");
        assertThat(creates).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void can_be_used_by_everybody_in_every_language(Language language) {
        for (Brightness brightness : List.of(Brightness.LIGHT, Brightness.DARK)) {
            desks.always("state", Wallets.locked());
            open(language, brightness);
            audit("locked");
            click("wallet-send");
            audit("unlock");
            desks.always("state", Wallets.unlocked());
            open(language, brightness);
            audit("receive");
            for (String part : List.of("send", "history", "payments", "security")) {
                click("wallet-" + part);
                audit(part);
            }
        }
    }

    @Test
    void looks_as_it_shall() {
        for (Brightness brightness : List.of(Brightness.LIGHT, Brightness.DARK)) {
            String suffix = brightness == Brightness.DARK ? "-dark" : "-light";
            open(Language.ENGLISH, brightness);
            Golden.compare("wallet-receive" + suffix, scene());
            fillIn();
            Golden.compare("wallet-send" + suffix, scene());
            desks.answer(
                    "send",
                    (FakeDesks.Talk)
                            conversation -> {
                                var _ = conversation.agrees(Wallets.proposal());
                                return new Ending.Declined();
                            });
            click("send-review");
            await(
                    "the confirmation",
                    () -> isThere("transaction-agree") && !node("transaction-agree").isDisabled());
            await("the focus", () -> node("transaction-decline").isFocused());
            Golden.compare("wallet-confirm" + suffix, scene());
            press(KeyCode.ESCAPE);
            await("the form", () -> !isThere("transaction-agree"));
            click("wallet-history");
            await("entries", () -> isThere("history-list"));
            Toolkit.settle();
            Golden.compare("wallet-history" + suffix, scene());
            click("wallet-payments");
            Golden.compare("wallet-payments" + suffix, scene());
            click("wallet-security");
            Golden.compare("wallet-security" + suffix, scene());
        }
    }

    private void fillIn() {
        click("wallet-send");
        click("send-to");
        type(Wallets.OTHER.toString());
        click("send-amount");
        type("1.5");
        await("a fee", () -> !node("send-review").isDisabled());
        Toolkit.settle();
    }

    private void audit(String page) {
        Toolkit.settle();
        assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).as(page).isEmpty();
    }

    private void open(Language language, Brightness brightness) {
        WalletScreen before = screen;
        if (before != null) {
            Toolkit.run(before::hidden);
        }
        FilePicker files = (_, _) -> Optional.of(folder.resolve("history.csv"));
        WalletScreen opened =
                Toolkit.on(
                        () -> {
                            WalletScreen each =
                                    new WalletScreen(
                                            Contexts.of(daemon, language, desks),
                                            files,
                                            clipboard,
                                            () -> creates = true);
                            each.shown();
                            return each;
                        });
        screen = Objects.requireNonNull(opened);
        show(opened.root(), brightness);
        await("the wallet", () -> isThere("wallet-none") || text("balance-flow").endsWith("FLOW"));
    }
}

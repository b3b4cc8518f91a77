package org.flowshield.app;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.controls.Message;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.robot.Robot;
import org.flowshield.app.choice.Choice;
import org.flowshield.app.choice.Target;
import org.flowshield.app.connect.ConnectScreen;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.screen.Context;
import org.flowshield.app.screen.Screen;
import org.flowshield.app.service.PkexecSetup;
import org.flowshield.app.service.ServiceSetup;
import org.flowshield.app.system.SystemClipboard;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.FakeDesks;
import org.flowshield.app.testkit.Golden;
import org.flowshield.app.testkit.Samples;
import org.flowshield.app.testkit.SceneAudit;
import org.flowshield.app.testkit.Toolkit;
import org.flowshield.app.testkit.UiTest;
import org.flowshield.app.testkit.Wallets;
import org.flowshield.app.text.Language;
import org.flowshield.app.theme.Brightness;
import org.flowshield.app.unreachable.UnreachableScreen;
import org.flowshield.app.wallet.WalletScreen;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.payment.PaymentStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What goes wrong for people, as they see it: what happened, what it means for connection and
 * money, and what to do, in each language; the pictures stand in docs/GUIDE.md.
 */
final class FaultsTest extends UiTest {

    /** What goes wrong. */
    enum Fault {
        DAEMON_KILLED,
        CHAIN_DOWN,
        NO_PROVIDER,
        NO_MONEY,
        WRONG_PASSWORD,
        DISK_FULL,
        CLOCK_WRONG;

        String picture() {
            return "fault-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What a page says of a fault. */
    private record Said(String happened, String means, String todo) {}

    private static final ServiceSetup CHECKOUT = new PkexecSetup(Optional.empty(), "somebody");

    private final FakeDaemon daemon = new FakeDaemon();
    private final FakeDesks desks = new FakeDesks();
    private @Nullable Screen screen;

    @AfterEach
    void leave() {
        if (screen != null) {
            Toolkit.run(screen::hidden);
            screen = null;
            assertThat(daemon.watchers()).isZero();
        }
    }

    static Stream<Arguments> each() {
        return Stream.of(Fault.values())
                .flatMap(
                        fault ->
                                Stream.of(Language.values())
                                        .map(language -> Arguments.of(fault, language)));
    }

    @ParameterizedTest
    @MethodSource("each")
    void says_what_happened_what_it_means_and_what_to_do(Fault fault, Language language) {
        Said said = happens(fault, language, Brightness.DARK);
        assertThat(Stream.of(said.happened(), said.means(), said.todo()).distinct())
                .as("%s in %s", fault, language)
                .hasSize(3)
                .allSatisfy(words -> assertThat(words).hasSizeGreaterThan(3));
        assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void looks_as_it_shall(Fault fault) {
        Said _ = happens(fault, Language.ENGLISH, Brightness.LIGHT);
        Golden.compare(fault.picture(), scene());
    }

    private Said happens(Fault fault, Language language, Brightness brightness) {
        return switch (fault) {
            case DAEMON_KILLED -> daemonKilled(language, brightness);
            case CHAIN_DOWN -> {
                connect(language, brightness, Samples.withoutChain("30"));
                offered();
                yield obstacle();
            }
            case NO_MONEY -> {
                connect(language, brightness, Samples.payment("0.1"));
                offered();
                yield obstacle();
            }
            case NO_PROVIDER -> {
                connect(language, brightness, Samples.payment("30"));
                daemon.answer("find", Samples.found(List.of()));
                yield refused();
            }
            case CLOCK_WRONG -> {
                connect(language, brightness, Samples.payment("30"));
                daemon.answer("find", clockWrong());
                yield refused();
            }
            case DISK_FULL -> {
                connect(language, brightness, Samples.payment("30"));
                offered();
                daemon.refuse(
                        "connect",
                        new Problem(
                                "disk_full",
                                "the disk is full, the ledger /var/lib/flowshield/ledger.db can't"
                                        + " be written to; nothing was acknowledged",
                                "make room on the disk of the daemon's data, and try again"));
                act();
                await("the price", () -> isThere("connect-offer"));
                yield refused();
            }
            case WRONG_PASSWORD -> wrongPassword(language, brightness);
        };
    }

    // ---- each of them ----

    private Said daemonKilled(Language language, Brightness brightness) {
        daemon.say(new DaemonState.Away(DaemonState.Reason.STOPPED, "the daemon stopped"));
        open(brightness, () -> new UnreachableScreen(context(language), CHECKOUT));
        return new Said(
                text("unreachable-title"),
                text("unreachable-meaning"),
                text("unreachable-remedy") + " " + text("unreachable-command"));
    }

    private static FoundProviders clockWrong() {
        return new FoundProviders(
                List.of(),
                List.of(),
                2,
                Contexts.NOW,
                new Problem(
                        "clock_wrong",
                        "this machine's clock is 24 h ahead of those of the market's providers, so"
                                + " that what they sign looks as if it were over; nothing was paid",
                        "set the clock, best by itself: timedatectl set-ntp true; then try again"));
    }

    private void offered() {
        daemon.answer("find", Samples.market());
        daemon.answer("quote", Samples.quote(Samples.DUTCH, "0.5", "2"));
    }

    private void connect(Language language, Brightness brightness, PaymentStatus payment) {
        daemon.say(new DaemonState.Live(Samples.node(null, payment)));
        daemon.answer("find", Samples.market());
        Choice choice = new Choice();
        open(brightness, () -> new ConnectScreen(context(language), choice));
        await("the market", () -> !choice.known().isEmpty());
        choice.target().set(Target.BEST);
    }

    private Said obstacle() {
        act();
        await("the obstacle", () -> isThere("connect-obstacle"));
        park("connect-obstacle");
        Message message = (Message) node("connect-obstacle");
        return new Said(message.getTitle(), text("connect-meaning"), message.getDescription());
    }

    private Said refused() {
        act();
        await("the refusal", () -> isThere("connect-failure"));
        park("connect-failure");
        return of("connect-failure");
    }

    /** Without the pointer, under which it would light up. */
    private void act() {
        Toolkit.run(((Button) node("connect-act"))::fire);
        Toolkit.settle();
    }

    private Said of(String pane) {
        return new Said(text(pane + "-title"), text(pane + "-meaning"), text(pane + "-todo"));
    }

    private Said wrongPassword(Language language, Brightness brightness) {
        daemon.say(new DaemonState.Away(DaemonState.Reason.NOT_RUNNING, ""));
        desks.always("network", Wallets.network());
        desks.always("state", Wallets.locked());
        desks.always("balances", Wallets.balances());
        desks.always("beginUnlock", Duration.ZERO);
        desks.always("closeUnlocking", "");
        desks.refuse("unlock", new Problem("wrong_password", "the password is wrong", "try again"));
        open(
                brightness,
                () ->
                        new WalletScreen(
                                context(language),
                                (_, _) -> Optional.empty(),
                                SystemClipboard.SYSTEM,
                                () -> {}));
        await("the wallet", () -> text("balance-flow").endsWith("FLOW"));
        click("wallet-send");
        click("unlock-password");
        type("four little ponies");
        click("unlock-do");
        await("the refusal", () -> isThere("wallet-failure"));
        park("wallet-failure");
        return of("wallet-failure");
    }

    // ---- the window ----

    private Context context(Language language) {
        return Contexts.of(daemon, language, desks);
    }

    private void open(Brightness brightness, Callable<Screen> made) {
        Screen opened = Toolkit.on(made);
        screen = opened;
        Toolkit.run(opened::shown);
        show(opened.root(), brightness);
    }

    /** The pointer away from what lights up under it, and what is said where it is seen. */
    private void park(String id) {
        reveal(id);
        Toolkit.run(() -> new Robot().mouseMove(0, 0));
        Toolkit.settle();
    }
}

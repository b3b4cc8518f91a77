package org.flowshield.app.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flowshield.app.desk.Desks;
import org.flowshield.app.firstrun.FirstRunScreen;
import org.flowshield.app.screen.Context;
import org.flowshield.app.screen.Screen;
import org.flowshield.app.service.PkexecSetup;
import org.flowshield.app.settings.SettingsFile;
import org.flowshield.app.system.SystemClipboard;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.NewcomerTest;
import org.flowshield.app.testkit.TestChain;
import org.flowshield.app.testkit.Toolkit;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Language;
import org.flowshield.app.threads.Ui;
import org.flowshield.app.threads.Work;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.node.cli.FlowShield;
import org.flowshield.node.desk.local.DeskSettings;
import org.flowshield.node.desk.local.LocalDesk;
import org.flowshield.node.desk.wallet.AgentStarter;
import org.flowshield.node.desk.wallet.WalletState;
import org.flowshield.node.wallet.derivation.ProcessDerivation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A person makes a wallet and sends money with it: a real chain with the contracts, the encryption
 * that users get, and the process that holds the keys. Only the daemon is away, as it is before it
 * is installed.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class WalletJourneyIT extends NewcomerTest {

    private static final String PASSWORD = "four little ponies";
    private static final EvmAddress BOB = Anvil.account(3).address();

    @TempDir private Path folder;

    private TestChain chain;
    private LocalDesk desk;
    private Desks desks;
    private SettingsFile settings;
    private final FakeDaemon daemon = new FakeDaemon();

    @BeforeEach
    void start() throws Exception {
        assumeTrue(TestChain.missing().isEmpty(), TestChain.missing());
        chain = TestChain.start();
        desk =
                LocalDesk.open(
                        new DeskSettings(
                                folder.resolve("wallet"),
                                folder.resolve("no.sock"),
                                chain.network(chain.uri(), 1),
                                AgentStarter.byOwnJava(FlowShield.class.getName()),
                                ProcessDerivation.byOwnJava(FlowShield.class.getName())));
        desks = new Desks(desk.wallet(), desk.money(), desk.identity(), desk.share());
        settings = SettingsFile.open(folder.resolve("app.json"));
    }

    @AfterEach
    void stop() throws Exception {
        if (desk != null) {
            if (desk.wallet().exists()) {
                boolean _ = desk.wallet().lock();
            }
            desk.close();
            settings.close();
        }
        if (chain != null) {
            chain.close();
        }
    }

    @Test
    void from_nothing_to_money_that_was_sent() throws Exception {
        List<String> words = createWallet();
        WalletState.Locked locked = (WalletState.Locked) desk.wallet().state();
        EvmAddress own = locked.accounts().getFirst().address();
        assertNothingReadable(words);
        chain.give(own, TokenAmount.parse("100"));
        chain.give(own, new Wei(BigInteger.TEN.pow(18)));

        Screen wallet =
                Toolkit.on(
                        () ->
                                new WalletScreen(
                                        context(),
                                        (_, _) -> Optional.of(folder.resolve("history.csv")),
                                        SystemClipboard.SYSTEM,
                                        () -> {}));
        Toolkit.run(wallet::shown);
        show(wallet.root());
        await("the balance", () -> text("balance-flow").equals("100 FLOW"));
        assertThat(text("balance-gas")).isEqualTo("1 ETH");

        click("wallet-send");
        unlock("unlock", PASSWORD);
        click("send-to");
        type(BOB.toString());
        click("send-amount");
        type("12.5");
        await("a fee", () -> !node("send-review").isDisabled());
        click("send-review");
        await(
                "a yes",
                () -> isThere("transaction-agree") && !node("transaction-agree").isDisabled());
        click("transaction-agree");
        await("the end", () -> isThere("transaction-ended"));
        assertThat(text("transaction-ended")).isEqualTo("Confirmed");
        assertThat(chain.contracts().token().balance(BOB)).isEqualTo(TokenAmount.parse("12.5"));
        click("transaction-close");
        await("the new balance", () -> text("balance-flow").equals("87.5 FLOW"));

        click("wallet-history");
        await("entries", () -> !node("history-export").isDisabled());
        click("history-export");
        await("a file", () -> text("history-said").contains("history.csv"));
        assertThat(Files.readString(folder.resolve("history.csv")))
                .contains("out,send,12.5,flow," + BOB, "confirmed");
        Toolkit.run(wallet::hidden);
        assertThat(daemon.watchers()).isZero();
    }

    /** The way through the first run; says the words that were shown. */
    private List<String> createWallet() {
        Screen first =
                Toolkit.on(
                        () ->
                                new FirstRunScreen(
                                        context(),
                                        new PkexecSetup(Optional.empty(), "somebody"),
                                        SystemClipboard.SYSTEM,
                                        _ -> {},
                                        () -> {}));
        Toolkit.run(first::shown);
        show(first.root());
        List<String> words = makeWallet(PASSWORD);
        click("service-next");
        click("first-run-finish");
        assertThat(settings.settings().firstRunDone()).isTrue();
        Toolkit.run(first::hidden);
        return words;
    }

    /** Neither words nor password stand in any file. */
    private void assertNothingReadable(List<String> words) throws Exception {
        String sentence = String.join(" ", words);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(
                            file ->
                                    assertThat(
                                                    new String(
                                                            Files.readAllBytes(file),
                                                            java.nio.charset.StandardCharsets
                                                                    .ISO_8859_1))
                                            .doesNotContain(sentence, PASSWORD));
        }
    }

    private Context context() {
        return new Context(
                daemon,
                new Work(Ui.FX),
                Ui.FX,
                settings,
                _ -> {},
                Language.ENGLISH,
                new Format(Language.ENGLISH, ZoneOffset.UTC),
                InstantSource.system(),
                desks);
    }
}

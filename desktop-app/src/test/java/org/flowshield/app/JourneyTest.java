package org.flowshield.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.flowshield.app.logs.OwnLog;
import org.flowshield.app.settings.SettingsFile;
import org.flowshield.app.testkit.NewcomerTest;
import org.flowshield.app.testkit.Png;
import org.flowshield.app.testkit.Toolkit;
import org.flowshield.app.text.Language;
import org.flowshield.app.theme.Brightness;
import org.flowshield.node.cli.FlowShield;
import org.flowshield.node.desk.local.DeskSettings;
import org.flowshield.node.desk.local.LocalDesk;
import org.flowshield.node.desk.wallet.AgentStarter;
import org.flowshield.node.wallet.keystore.Derivation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * What one person does with all of the app, step by step, as {@link Wiring} builds it. Each step
 * goes on where the one before it ended, and says that it is {@link #done}; pictures of what was
 * seen lie in {@code target/journeys}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
abstract class JourneyTest extends NewcomerTest {

    static final String PASSWORD = "four little ponies";

    private static final Path SEEN = Path.of("target", "journeys");

    /** A plan, and each of its signatures. */
    private static final int MOST_QUESTIONS = 12;

    private @Nullable Wiring app;
    private @Nullable Stage stage;
    private boolean broken;
    private boolean stepped = true;

    // ---- before and after ----

    /** Opens the app, in English and light. */
    void openApp(Places places) throws Exception {
        Files.createDirectories(SEEN);
        try (SettingsFile settings = SettingsFile.open(places.settings())) {
            var _ =
                    settings.change(
                            before ->
                                    before.withLanguage(Language.ENGLISH)
                                            .withBrightness(Brightness.LIGHT));
        }
        OwnLog log = new OwnLog(places.log(), Instant.now(), ZoneOffset.UTC);
        Stage opened = Toolkit.on(Stage::new);
        stage = opened;
        Wiring made = Toolkit.on(() -> new Wiring(places, Optional.empty(), log, opened));
        app = made;
        Toolkit.run(made::start);
    }

    /** Closes it, if it was opened, and locks its wallet. */
    void closeApp(Path wallet) throws Exception {
        if (app != null && stage != null) {
            Toolkit.run(app::close);
            Toolkit.run(stage::close);
            lock(wallet);
        }
    }

    /** The process with the keys ends by itself, but not at once. */
    private static void lock(Path wallet) throws Exception {
        try (LocalDesk desk =
                LocalDesk.open(
                        new DeskSettings(
                                wallet,
                                wallet.resolveSibling("no.sock"),
                                null,
                                AgentStarter.byOwnJava(FlowShield.class.getName()),
                                Derivation.HERE))) {
            if (desk.wallet().exists()) {
                boolean _ = desk.wallet().lock();
            }
        }
    }

    @BeforeEach
    void the_step_before_went_well() {
        assumeTrue(stepped, "a step before this one failed");
        stepped = false;
    }

    @AfterEach
    void look(TestInfo step) throws Exception {
        Stage seen = stage;
        if (seen != null) {
            Toolkit.settle();
            String name = step.getTestMethod().orElseThrow().getName();
            Files.write(
                    SEEN.resolve(name + ".png"),
                    Png.encode(Toolkit.on(() -> seen.getScene().snapshot(null))));
        }
        broken |= !stepped;
    }

    /** The step went well: the next one may follow. */
    void done() {
        stepped = true;
    }

    /** Whether some step did not. */
    boolean isBroken() {
        return broken;
    }

    // ---- what is done again and again ----

    /** From the first page to the window, with a new wallet and a service that answers. */
    void beginWithWallet() {
        List<String> _ = makeWallet(PASSWORD);
        await("it answers", () -> text("service-state").equals("The service runs."));
        click("service-next");
        click("first-run-finish");
        await("the window", () -> isThere("connect-state"));
    }

    void fill(String id, String text) {
        reveal(id);
        click(id);
        press(KeyCode.CONTROL, KeyCode.A);
        type(text);
    }

    /** Clicks what may lie below the window's edge. */
    void use(String id) {
        reveal(id);
        click(id);
    }

    /** Reads and agrees until it is over, which has to be a good end. */
    void agreeToAll() {
        for (int i = 0; i < MOST_QUESTIONS; i++) {
            await("a question, or the end", () -> isOver() || canAgree());
            if (isOver()) {
                break;
            }
            use("transaction-agree");
        }
        endedWell();
    }

    boolean canAgree() {
        return isThere("transaction-agree") && isOpen("transaction-agree");
    }

    private boolean isOver() {
        return isThere("transaction-ended") || isThere("transaction-failure");
    }

    /** It is over, and what was wanted is done; back to the page below. */
    void endedWell() {
        await("the end", this::isOver);
        assertThat(isThere("transaction-ended")).as("it came to an end").isTrue();
        assertThat(text("transaction-ended")).isIn("Confirmed", "Done");
        closeTransaction();
    }

    void closeTransaction() {
        use("transaction-close");
        await("the page below", () -> !isThere("transaction-close"));
    }

    boolean isOpen(String id) {
        return !node(id).isDisabled();
    }
}

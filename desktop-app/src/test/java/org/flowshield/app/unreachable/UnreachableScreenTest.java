package org.flowshield.app.unreachable;

import static org.assertj.core.api.Assertions.assertThat;

import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.daemon.DaemonState.Reason;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.daemon.FailureException;
import org.flowshield.app.service.ServiceSetup;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.Golden;
import org.flowshield.app.testkit.SceneAudit;
import org.flowshield.app.testkit.Toolkit;
import org.flowshield.app.testkit.UiTest;
import org.flowshield.app.text.Language;
import org.flowshield.app.theme.Brightness;
import org.flowshield.node.api.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class UnreachableScreenTest extends UiTest {

    private final FakeDaemon daemon = new FakeDaemon();
    private final Setup setup = new Setup();

    /** An administrator who agrees, or closes the window. */
    private static final class Setup implements ServiceSetup {

        private volatile boolean refuses;

        @Override
        public boolean canInstall() {
            return true;
        }

        @Override
        public String command() {
            return "sudo flowshield service install";
        }

        @Override
        public void install() throws FailureException {
            if (refuses) {
                throw new FailureException(
                        new Failure(
                                Failure.Kind.REFUSED,
                                new Problem("service_dismissed", "it was closed", "try again")));
            }
        }
    }

    @Test
    void says_what_happened_and_tries_again_when_asked() {
        open(Language.ENGLISH, Brightness.LIGHT, Reason.NOT_RUNNING);
        assertThat(text("unreachable-title")).contains("not running");

        click("unreachable-retry");

        assertThat(daemon.asked()).extracting(FakeDaemon.Asked::what).containsExactly("retryNow");
    }

    @Test
    void a_service_that_is_not_there_is_installed_from_here() {
        setup.refuses = true;
        open(Language.ENGLISH, Brightness.LIGHT, Reason.NOT_RUNNING);
        click("unreachable-install");
        await("a refusal", () -> isThere("unreachable-failure"));
        assertThat(text("unreachable-failure-title"))
                .isEqualTo("The window for the password was closed");
        setup.refuses = false;
        click("unreachable-install");
        await("it is looked for", () -> !daemon.asked().isEmpty());
        assertThat(isThere("unreachable-failure")).isFalse();
        assertThat(daemon.asked()).extracting(FakeDaemon.Asked::what).containsExactly("retryNow");
    }

    @Test
    void one_that_has_stopped_is_there_already() {
        open(Language.ENGLISH, Brightness.LIGHT, Reason.STOPPED);
        assertThat(isThere("unreachable-install")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void can_be_used_by_everybody_in_every_language(Language language) {
        for (Brightness brightness : new Brightness[] {Brightness.LIGHT, Brightness.DARK}) {
            for (Reason reason : Reason.values()) {
                open(language, brightness, reason);
                assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).isEmpty();
            }
        }
    }

    @Test
    void looks_as_it_shall() {
        open(Language.ENGLISH, Brightness.LIGHT, Reason.NOT_RUNNING);
        Golden.compare("unreachable-light", scene());
        open(Language.ENGLISH, Brightness.DARK, Reason.STOPPED);
        Golden.compare("unreachable-dark", scene());
    }

    private void open(Language language, Brightness brightness, Reason reason) {
        daemon.say(new DaemonState.Away(reason, "why"));
        show(
                Toolkit.on(
                        () -> {
                            UnreachableScreen screen =
                                    new UnreachableScreen(Contexts.of(daemon, language), setup);
                            screen.shown();
                            return screen.root();
                        }),
                brightness);
    }
}

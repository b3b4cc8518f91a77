package org.flowshield.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.input.Clipboard;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.flowshield.app.daemon.Failure;
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

final class FailurePaneTest extends UiTest {

    private static final Failure FAILURE =
            new Failure(
                    Failure.Kind.REFUSED,
                    new Problem(
                            "not_funded",
                            "the purse of 0x90F79bf6EB2c4f870365E785982E1f101E93b906 holds 2 FLOW",
                            "fill it: flowshield purse deposit"));

    private final List<String> clicked = new ArrayList<>();

    @Test
    void says_what_happened_what_it_means_and_what_to_do() {
        open(Language.ENGLISH, Brightness.LIGHT);

        assertThat(text("why-title")).isEqualTo("There is too little money in the purse");
        assertThat(text("why-meaning")).contains("not connected");
        assertThat(text("why-todo")).contains("fill the purse");
        assertThat(isThere("why-said")).isFalse();

        click("why-more");
        assertThat(text("why-said")).contains("holds 2 FLOW", "not_funded");

        click("why-action-0");
        assertThat(clicked).containsExactly("retry");
    }

    @Test
    void details_are_copied_without_who_and_how_much() {
        open(Language.ENGLISH, Brightness.LIGHT);

        click("why-copy");

        assertThat(Toolkit.on(() -> Clipboard.getSystemClipboard().getString()))
                .contains("not_funded")
                .doesNotContain("0x90F7", "2 FLOW");
    }

    @Test
    void takes_no_room_without_a_failure() {
        FailurePane pane = open(Language.ENGLISH, Brightness.LIGHT);
        Toolkit.run(() -> pane.failure().set(null));
        Toolkit.settle();
        assertThat(isThere("why")).isFalse();
        assertThat(pane.isManaged()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void can_be_used_by_everybody(Language language) {
        for (Brightness brightness : List.of(Brightness.LIGHT, Brightness.DARK)) {
            open(language, brightness);
            click("why-more");
            assertThat(Toolkit.on(() -> SceneAudit.faults(scene().getRoot()))).isEmpty();
        }
    }

    @Test
    void looks_as_it_shall() {
        open(Language.ENGLISH, Brightness.LIGHT);
        Golden.compare("failure-light", scene());
        open(Language.ENGLISH, Brightness.DARK);
        Golden.compare("failure-dark", scene());
    }

    private FailurePane open(Language language, Brightness brightness) {
        FailurePane made =
                Toolkit.on(
                        () -> {
                            FailurePane pane =
                                    new FailurePane(language, "why")
                                            .with(
                                                    new FailurePane.Action(
                                                            "Retry", () -> clicked.add("retry")));
                            pane.failure().set(FAILURE);
                            return pane;
                        });
        show(
                Toolkit.on(
                        () -> {
                            VBox page = new VBox(made);
                            page.getStyleClass().add("page");
                            return new StackPane(page);
                        }),
                brightness);
        return made;
    }
}

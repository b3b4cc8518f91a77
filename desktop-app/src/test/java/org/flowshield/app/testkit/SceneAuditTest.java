package org.flowshield.app.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;

/** The audit sees what it is there to see. */
final class SceneAuditTest extends UiTest {

    @Test
    void a_button_without_a_name_is_seen() {
        assertThat(faults(new VBox(new Button()))).anyMatch(line -> line.contains("no name"));
    }

    @Test
    void grey_text_on_white_is_seen() {
        Label pale = new Label("pale");
        pale.setTextFill(Color.LIGHTGRAY);
        pale.setStyle("-fx-text-fill: lightgray");
        assertThat(faults(new VBox(pale))).anyMatch(line -> line.startsWith("contrast"));
    }

    @Test
    void text_that_ends_with_an_ellipsis_is_seen() {
        Label narrow = new Label("much too long for so little room");
        narrow.setMaxWidth(60);
        assertThat(faults(new VBox(narrow))).anyMatch(line -> line.startsWith("cut off"));
    }

    @Test
    void text_outside_of_the_window_is_seen() {
        Label far = new Label("far away");
        far.setLayoutX(WIDTH - 10);
        assertThat(faults(new Pane(far))).anyMatch(line -> line.startsWith("outside"));
    }

    @Test
    void a_sound_page_has_no_faults() {
        assertThat(faults(new VBox(new Label("fine"), new Button("Do it")))).isEmpty();
    }

    private List<String> faults(javafx.scene.Parent page) {
        show(page);
        return Toolkit.on(() -> SceneAudit.faults(scene().getRoot()));
    }
}

package org.flowshield.app.page;

import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

import org.flowshield.app.daemon.Failure;
import org.flowshield.app.theme.Themes;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Says where it happened why something was not done, and what helps; takes no room while nothing
 * failed. For the FX thread.
 */
public final class FailureNote extends VBox {

    private final Label what = Pages.paragraph("");
    private final Label help = Pages.caption("");

    /**
     * @param id of what happened; {@code ID-help} says what helps
     */
    public FailureNote(String id, ObservableValue<@Nullable Failure> failure) {
        what.setId(id);
        what.setGraphic(new FontIcon(Feather.ALERT_TRIANGLE));
        what.setGraphicTextGap(10);
        help.setId(id + "-help");
        getStyleClass().add("failure-note");
        getStylesheets().add(Themes.sheet(FailureNote.class, "page.css"));
        getChildren().setAll(what, help);
        managedProperty().bind(visibleProperty());
        failure.subscribe(this::show);
    }

    private void show(@Nullable Failure failure) {
        setVisible(failure != null);
        if (failure != null) {
            what.setText(sentence(failure.problem().message()));
            help.setText(sentence(failure.problem().action()));
        }
    }

    private static String sentence(String said) {
        String text = said.strip();
        if (text.isEmpty()) {
            return text;
        }
        String begun =
                text.startsWith("0x")
                        ? text
                        : Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return begun.endsWith(".") ? begun : begun + ".";
    }
}

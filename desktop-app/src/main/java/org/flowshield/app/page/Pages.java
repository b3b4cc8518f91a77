package org.flowshield.app.page;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.flowshield.app.control.FailurePane;
import org.flowshield.app.control.Scrolling;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.text.Texts;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** Makes the usual parts of a page. For the FX thread. */
public final class Pages {

    private Pages() {}

    /** The name of a page. */
    public static Label heading(String text) {
        Label label = whole(new Label(text));
        label.getStyleClass().add("heading");
        return label;
    }

    /** The name of a part of a page. */
    public static Label title(String text) {
        Label label = whole(new Label(text));
        label.getStyleClass().add("title");
        return label;
    }

    /** Text that takes as many lines as it needs. */
    public static Label paragraph(String text) {
        return whole(new Label(text));
    }

    /** Text that stands back. */
    public static Label caption(String text) {
        Label label = whole(new Label(text));
        label.getStyleClass().add("caption");
        return label;
    }

    /** Never cut off. */
    public static Label whole(Label label) {
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /** Things that belong together, on a ground of their own. */
    public static VBox panel(Node... content) {
        VBox panel = new VBox(content);
        panel.getStyleClass().add("panel");
        return panel;
    }

    /** What is filled in, below what it is called. */
    public static VBox field(String name, Control input) {
        Label label = new Label(name);
        label.setLabelFor(input);
        input.setMaxWidth(Double.MAX_VALUE);
        VBox field = new VBox(6, label, input);
        field.setFillWidth(true);
        return field;
    }

    /** Side by side, in the middle of the line. */
    public static HBox row(Node... content) {
        HBox row = new HBox(10, content);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    /** Takes what room there is. */
    public static Region spring() {
        Region spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        return spring;
    }

    public static Button button(String id, String text, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(_ -> action.run());
        return button;
    }

    /** The one that the page is about. */
    public static Button accent(String id, String text, Runnable action) {
        Button button = button(id, text, action);
        button.getStyleClass().add("accent");
        return button;
    }

    /** Makes a button of a picture, which needs a name to be read and to be seen. */
    public static <B extends ButtonBase> B icon(B button, String id, Ikon icon, String name) {
        button.setId(id);
        button.setGraphic(new FontIcon(icon));
        button.getStyleClass().addAll("flat", "button-icon");
        name(button, name);
        return button;
    }

    /** What a button without text is called. */
    public static void name(ButtonBase button, String name) {
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
    }

    /** Takes room only while it is seen. */
    public static <N extends Node> N folding(N node) {
        node.managedProperty().bind(node.visibleProperty());
        return node;
    }

    /** Says why something was not done, and takes no room while nothing failed. */
    public static FailurePane failure(
            Texts texts, String id, ObservableValue<@Nullable Failure> failure) {
        FailurePane pane = new FailurePane(texts.language(), id);
        pane.failure().bind(failure);
        return pane;
    }

    /** A page that can be longer than the window. */
    public static ScrollPane scrolling(Region content) {
        ScrollPane scroll = Scrolling.of(content);
        scroll.setFitToHeight(true);
        scroll.getStyleClass().addAll("edge-to-edge", "page-scroll");
        return scroll;
    }
}

package org.flowshield.app.control;

import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.errors.Errors;
import org.flowshield.app.errors.Explanation;
import org.flowshield.app.text.Language;
import org.flowshield.app.text.Texts;
import org.flowshield.app.theme.Themes;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Shows why something was not done, where it was asked for: what happened, what it means, what to
 * do, and what the person can click for that. Takes no room while there is no failure. For the FX
 * thread.
 *
 * <p>Ids begin with the one it is made with: {@code ID}, {@code ID-title}, {@code ID-meaning},
 * {@code ID-todo}, {@code ID-more}, {@code ID-said}, {@code ID-copy}, {@code ID-action-N}.
 */
public final class FailurePane extends VBox {

    /**
     * Something that helps.
     *
     * @param text of its button
     */
    public record Action(String text, Runnable run) {}

    private final ObjectProperty<@Nullable Failure> failure = new SimpleObjectProperty<>();
    private final Errors errors;
    private final Texts texts;
    private final String id;
    private List<Action> actions = List.of();

    /**
     * @param id of this node, from which those of its parts are made
     */
    public FailurePane(Language language, String id) {
        this.errors = new Errors(language);
        this.texts = Texts.of(language, "control");
        this.id = id;
        setId(id);
        getStyleClass().add("failure");
        getStylesheets().add(Themes.sheet(FailurePane.class, "control.css"));
        setFocusTraversable(false);
        managedProperty().bind(visibleProperty());
        failure.subscribe(this::draw);
    }

    /** What is shown; null: nothing. May be bound to a model's. */
    public ObjectProperty<@Nullable Failure> failure() {
        return failure;
    }

    /** What can be clicked below each failure that is shown from now on. */
    public FailurePane with(Action... helping) {
        actions = List.of(helping);
        draw(failure.get());
        return this;
    }

    private void draw(@Nullable Failure now) {
        setVisible(now != null);
        if (now == null) {
            getChildren().clear();
            return;
        }
        Explanation why = errors.explain(now);
        Label title = new Label(why.title(), new FontIcon(Feather.ALERT_TRIANGLE));
        title.setId(id + "-title");
        title.getStyleClass().add("failure-title");
        whole(title);
        String code = texts.of("code", now.problem().code());
        Label said = paragraph("said", why.said().isEmpty() ? code : why.said() + "\n" + code);
        said.getStyleClass().add("caption");
        said.setVisible(false);
        said.managedProperty().bind(said.visibleProperty());
        getChildren()
                .setAll(
                        title,
                        paragraph("meaning", why.meaning()),
                        paragraph("todo", why.action()),
                        said,
                        buttons(now, said));
        setAccessibleText(why.title() + " " + why.meaning() + " " + why.action());
    }

    private Label paragraph(String part, String text) {
        Label label = new Label(text);
        label.setId(id + "-" + part);
        whole(label);
        return label;
    }

    private static void whole(Label label) {
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
    }

    private Node buttons(Failure now, Label said) {
        FlowPane row = new FlowPane(8, 8);
        row.getStyleClass().add("failure-buttons");
        for (int i = 0; i < actions.size(); i++) {
            Action action = actions.get(i);
            Button button = new Button(action.text());
            button.setId(id + "-action-" + i);
            button.setOnAction(_ -> action.run().run());
            row.getChildren().add(button);
        }
        ToggleButton more = new ToggleButton(texts.of("details"));
        more.setId(id + "-more");
        more.getStyleClass().add("flat");
        said.visibleProperty().bind(more.selectedProperty());
        Button copy = new Button(texts.of("copy"), new FontIcon(Feather.COPY));
        copy.setId(id + "-copy");
        copy.getStyleClass().add("flat");
        copy.setOnAction(_ -> copy(now, copy));
        row.getChildren().addAll(more, copy);
        HBox line = new HBox(row);
        HBox.setHgrow(row, Priority.ALWAYS);
        return line;
    }

    private void copy(Failure now, Button copy) {
        ClipboardContent content = new ClipboardContent();
        content.putString(Errors.details(now));
        Clipboard.getSystemClipboard().setContent(content);
        copy.setText(texts.of("copied"));
    }
}

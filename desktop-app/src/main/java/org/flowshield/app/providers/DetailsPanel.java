package org.flowshield.app.providers;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.flowshield.app.control.Scrolling;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.node.api.market.FoundProvider;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** One provider: why it has its score, and all else that is known. For the FX thread. */
final class DetailsPanel {

    private final ProvidersController controller;
    private final Texts texts;
    private final Words words;
    private final Reasons reasons;
    private final VBox content = new VBox();
    private final VBox root;

    DetailsPanel(ProvidersModel model, ProvidersController controller, Texts texts, Words words) {
        this.controller = controller;
        this.texts = texts;
        this.words = words;
        this.reasons = new Reasons(texts);
        content.getStyleClass().add("content");
        ScrollPane scroll = Scrolling.of(content);
        scroll.getStyleClass().add("edge-to-edge");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        root = new VBox(scroll);
        root.setId("providers-details");
        root.getStyleClass().addAll("panel", "details");
        model.selected().subscribe(this::show);
    }

    Node root() {
        return root;
    }

    private void show(@Nullable Row row) {
        content.getChildren().clear();
        if (row == null) {
            Label hint = paragraph(texts.of("details.none"));
            hint.getStyleClass().add("caption");
            content.getChildren().add(hint);
            return;
        }
        FoundProvider provider = row.provider();
        Label title = paragraph(row.country() + " · " + Format.brief(row.peerId()));
        title.setId("details-title");
        title.getStyleClass().add("title");
        content.getChildren().addAll(title, actions(row), heading("details.why"));
        int first = content.getChildren().size();
        for (String reason : provider.reasons()) {
            Label line = paragraph(reasons.of(reason));
            line.setGraphic(new FontIcon(Feather.CHECK));
            line.setId("details-reason-" + (content.getChildren().size() - first));
            content.getChildren().add(line);
        }
        content.getChildren().add(heading("details.facts"));
        fact("column.price", words.of(Column.PRICE, row));
        fact("details.speed", words.of(Column.SPEED, row));
        fact("column.free", words.of(Column.FREE, row));
        fact("column.alive", words.of(Column.ALIVE, row));
        fact("column.stake", words.of(Column.STAKE, row));
        fact("details.vouched", words.vouched(provider));
        fact("details.until", words.until(provider));
        copyable("details.id", row.peerId());
        copyable("details.payee", provider.payee().toString());
    }

    private Node actions(Row row) {
        Button connect = new Button(texts.of("connect"), new FontIcon(Feather.ZAP));
        connect.setId("details-connect");
        connect.getStyleClass().add("accent");
        connect.setMinWidth(Region.USE_PREF_SIZE);
        connect.setOnAction(_ -> controller.connect(row.peerId()));
        Button favour = new Button("", new FontIcon(Feather.STAR));
        favour.setId("details-favour");
        favour.getStyleClass().addAll("button-icon", row.favourite() ? "starred" : "plain");
        favour.setAccessibleText(texts.of(row.favourite() ? "unfavour" : "favour"));
        favour.setTooltip(
                new javafx.scene.control.Tooltip(
                        texts.of(row.favourite() ? "unfavour" : "favour")));
        favour.setOnAction(_ -> controller.favour(row.peerId(), !row.favourite()));
        return new HBox(8, connect, favour);
    }

    private Label heading(String key) {
        Label heading = new Label(texts.of(key));
        heading.getStyleClass().add("subtitle");
        return heading;
    }

    private static Label paragraph(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private void fact(String key, String value) {
        Label name = paragraph(texts.of(key));
        name.getStyleClass().add("caption");
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        Label words = paragraph(value);
        words.setMinWidth(Region.USE_PREF_SIZE);
        content.getChildren().add(new HBox(10, name, words));
    }

    private void copyable(String key, String value) {
        Label name = new Label(texts.of(key));
        name.getStyleClass().add("caption");
        TextField field = new TextField(value);
        field.setEditable(false);
        field.getStyleClass().add("mono");
        name.setLabelFor(field);
        content.getChildren().addAll(name, field);
    }
}

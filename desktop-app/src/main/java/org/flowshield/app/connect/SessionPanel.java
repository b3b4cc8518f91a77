package org.flowshield.app.connect;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The session in numbers: who, how fast, and what it costs. For the FX thread. */
final class SessionPanel {

    private static final int COLUMNS = 3;

    private final ConnectModel model;
    private final Texts texts;
    private final VBox root;

    SessionPanel(ConnectModel model, Texts texts, Throughput throughput, Format format) {
        this.model = model;
        this.texts = texts;
        root = new VBox(chart(throughput, format), facts());
        root.setId("connect-session");
        root.getStyleClass().add("session");
        ConnectView.only(
                root,
                Bindings.createBooleanBinding(
                        () -> model.phase().get().hasSession(), model.phase()));
    }

    Node root() {
        return root;
    }

    private Node chart(Throughput throughput, Format format) {
        ThroughputChart chart = new ThroughputChart(throughput, format);
        chart.setId("connect-chart");
        model.ticks().subscribe(_ -> chart.draw());
        chart.accessibleTextProperty()
                .bind(
                        Bindings.createStringBinding(
                                () -> texts.of("chart.name", model.down().get(), model.up().get()),
                                model.down(),
                                model.up()));
        Label title = new Label(texts.of("chart.title"));
        title.getStyleClass().add("title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox legend =
                new HBox(
                        title,
                        space,
                        rate("connect-down", Feather.ARROW_DOWN, "down", model.down()),
                        rate("connect-up", Feather.ARROW_UP, "up", model.up()));
        legend.getStyleClass().add("legend");
        VBox panel = new VBox(legend, chart);
        panel.getStyleClass().add("panel");
        return panel;
    }

    private Label rate(String id, Ikon icon, String style, ObservableValue<String> value) {
        Label label = new Label("", new FontIcon(icon));
        label.setId(id);
        label.getStyleClass().addAll("rate", style);
        label.textProperty().bind(value);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private Node facts() {
        GridPane facts = new GridPane();
        facts.getStyleClass().add("facts");
        for (int i = 0; i < COLUMNS; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(100.0 / COLUMNS);
            facts.getColumnConstraints().add(column);
        }
        fact(facts, 0, "country", Feather.MAP_PIN, model.country());
        fact(facts, 1, "price", Feather.TAG, orFree(model.price()));
        fact(facts, 2, "carried", Feather.REPEAT, model.carried());
        fact(facts, 3, "spent", Feather.CREDIT_CARD, orFree(model.spent()));
        fact(facts, 4, "left", Feather.PIE_CHART, orDash(model.capLeft()));
        fact(facts, 5, "provider", Feather.SERVER, model.provider());
        return facts;
    }

    private ObservableValue<String> orFree(ObservableValue<String> amount) {
        return amount.map(text -> text.isEmpty() ? texts.of("free") : text);
    }

    private static ObservableValue<String> orDash(ObservableValue<String> amount) {
        return amount.map(text -> text.isEmpty() ? "–" : text);
    }

    private void fact(
            GridPane grid, int number, String key, Feather icon, ObservableValue<String> value) {
        Label name = new Label(texts.of("fact." + key), new FontIcon(icon));
        name.getStyleClass().add("caption");
        Label words = new Label();
        words.setId("connect-" + key);
        words.getStyleClass().add("value");
        words.textProperty().bind(value);
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        VBox card = new VBox(name, words);
        card.getStyleClass().addAll("panel", "fact");
        card.setMaxWidth(Double.MAX_VALUE);
        GridPane.setHgrow(card, Priority.ALWAYS);
        grid.add(card, number % COLUMNS, number / COLUMNS);
    }
}

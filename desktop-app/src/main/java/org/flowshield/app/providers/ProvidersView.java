package org.flowshield.app.providers;

import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.flowshield.app.control.FailurePane;
import org.flowshield.app.control.Scrolling;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.screen.Context;
import org.flowshield.app.text.Texts;
import org.flowshield.app.theme.Themes;
import org.flowshield.node.api.Problem;

/** Draws the screen: who is wanted, the map beside one provider, and the table. FX thread. */
final class ProvidersView {

    private static final double TOP_HEIGHT = 262;
    private static final double DETAILS_WIDTH = 300;

    private final ProvidersModel model;
    private final FailurePane trouble;
    private final ScrollPane root;

    ProvidersView(ProvidersModel model, ProvidersController controller, Context context) {
        this.model = model;
        this.trouble = new FailurePane(context.language(), "providers-failure");
        Texts texts = context.texts("providers");
        Words words = new Words(texts, context.format(), context.clock());
        Region map = (Region) new MapPanel(model, controller, texts).root();
        Region details = (Region) new DetailsPanel(model, controller, texts, words).root();
        HBox.setHgrow(map, Priority.ALWAYS);
        details.setMinWidth(DETAILS_WIDTH);
        details.setMaxWidth(DETAILS_WIDTH);
        HBox top = new HBox(12, map, details);
        top.setMinHeight(TOP_HEIGHT);
        top.setPrefHeight(TOP_HEIGHT);
        top.setMaxHeight(TOP_HEIGHT);
        Label summary = new Label();
        summary.setId("providers-summary");
        summary.getStyleClass().add("caption");
        summary.textProperty().bind(model.summary());
        summary.setWrapText(true);
        summary.setMinHeight(Region.USE_PREF_SIZE);
        OffersTable table = new OffersTable(model, controller, texts, words);
        VBox.setVgrow(table.root(), Priority.ALWAYS);
        VBox page =
                new VBox(
                        new FilterBar(model, controller, texts, context.format()).root(),
                        trouble,
                        top,
                        table.root(),
                        summary);
        page.getStyleClass().addAll("page", "providers");
        page.getStylesheets().add(Themes.sheet(ProvidersView.class, "providers.css"));
        root = Scrolling.of(page);
        root.setFitToHeight(true);
        root.getStyleClass().add("edge-to-edge");
        model.failure().subscribe(_ -> trouble());
        model.problem().subscribe(_ -> trouble());
    }

    private void trouble() {
        Failure failure = model.failure().get();
        Problem problem = model.problem().get();
        trouble.failure()
                .set(
                        failure != null || problem == null
                                ? failure
                                : new Failure(Failure.Kind.REFUSED, problem));
    }

    Region root() {
        return root;
    }
}

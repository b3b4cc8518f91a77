package org.flowshield.app.connect;

import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.flowshield.app.text.Texts;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** What a connection would cost, line by line. For the FX thread. */
final class OfferPanel {

    private final Texts texts;
    private final VBox root = new VBox();

    OfferPanel(ConnectModel model, Texts texts) {
        this.texts = texts;
        root.setId("connect-offer");
        root.getStyleClass().addAll("panel", "offer");
        ConnectView.only(
                root,
                Bindings.createBooleanBinding(() -> model.offer().get() != null, model.offer()));
        model.offer().subscribe(this::show);
    }

    Node root() {
        return root;
    }

    private void show(@Nullable Offer offer) {
        root.getChildren().clear();
        if (offer == null) {
            return;
        }
        line("offer.provider", offer.provider());
        line("offer.price", offer.price());
        line("offer.deposit", offer.deposit() == null ? texts.of("offer.none") : offer.deposit());
        if (offer.cap() != null) {
            line("offer.cap", offer.cap());
        }
        if (offer.warning() != null) {
            Label warning = new Label(offer.warning(), new FontIcon(Feather.ALERT_TRIANGLE));
            warning.setId("connect-warning");
            warning.getStyleClass().add("warning");
            warning.setWrapText(true);
            warning.setMinHeight(Region.USE_PREF_SIZE);
            root.getChildren().add(warning);
        }
    }

    private void line(String key, String value) {
        Label name = new Label(texts.of(key));
        name.getStyleClass().add("caption");
        name.setWrapText(true);
        name.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(name, Priority.ALWAYS);
        name.setMaxWidth(Double.MAX_VALUE);
        Label words = new Label(value);
        words.getStyleClass().add("value");
        words.setMinWidth(Region.USE_PREF_SIZE);
        root.getChildren().add(new HBox(16, name, words));
    }
}

package org.flowshield.app.preferences;

import atlantafx.base.controls.ToggleSwitch;
import java.util.Locale;
import javafx.beans.binding.BooleanExpression;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.flowshield.app.page.Pages;
import org.flowshield.app.text.Texts;

/** Draws what can be chosen for the client's connections. For the FX thread. */
final class ConnectionPanel {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("danger");

    private final ConnectionModel model;
    private final ConnectionController controller;
    private final Texts texts;
    private final BooleanExpression closed;

    ConnectionPanel(ConnectionModel model, ConnectionController controller, Texts texts) {
        this.model = model;
        this.controller = controller;
        this.texts = texts;
        this.closed = model.settings().isNull().or(model.busy());
    }

    Node root() {
        Label away = Pages.folding(Pages.caption(texts.of("connection.away")));
        away.setId("preferences-connection-away");
        away.visibleProperty().bind(model.live().not());
        return Pages.panel(
                Pages.title(texts.of("connection")),
                away,
                Pages.failure(texts, "preferences-connection-failure", model.failure()),
                PreferencesView.line(texts.of("names"), texts.of("names.help"), whose()),
                servers(),
                PreferencesView.line(texts.of("lan"), texts.of("lan.help"), lan()));
    }

    private Node whose() {
        ToggleButton provider = whose("provider");
        ToggleButton own = whose("own");
        provider.getStyleClass().add("left-pill");
        own.getStyleClass().add("right-pill");
        Runnable draw =
                () -> {
                    own.setSelected(model.own().get());
                    provider.setSelected(!model.own().get());
                };
        provider.setOnAction(
                _ -> {
                    controller.own(false);
                    draw.run();
                });
        own.setOnAction(
                _ -> {
                    controller.own(true);
                    draw.run();
                });
        model.own().subscribe(_ -> draw.run());
        return new HBox(provider, own);
    }

    private ToggleButton whose(String key) {
        ToggleButton button = new ToggleButton(texts.of("names." + key));
        button.setId("preferences-names-" + key);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.disableProperty().bind(closed);
        return button;
    }

    /** There while they are chosen. */
    private Node servers() {
        TextField field = new TextField();
        field.setId("preferences-names-servers");
        field.setPromptText("9.9.9.9, 2620:fe::fe");
        model.typed()
                .subscribe(
                        text -> {
                            if (!text.equals(field.getText())) {
                                field.setText(text);
                            }
                        });
        field.textProperty().subscribe((_, text) -> controller.type(text));
        field.setOnAction(_ -> controller.use());
        Label state = Pages.caption("");
        state.setId("preferences-names-state");
        model.wrong().subscribe(_ -> draw(field, state));
        model.inUse().subscribe(_ -> draw(field, state));
        Button use = Pages.button("preferences-names-use", texts.of("names.use"), controller::use);
        use.disableProperty().bind(model.usable().not().or(closed));
        HBox line = Pages.row(field, use);
        HBox.setHgrow(field, Priority.ALWAYS);
        Label name = new Label(texts.of("names.servers"));
        name.setLabelFor(field);
        VBox servers =
                Pages.folding(
                        new VBox(
                                6,
                                name,
                                line,
                                state,
                                Pages.caption(texts.of("names.servers.help"))));
        servers.setId("preferences-names-box");
        servers.visibleProperty().bind(model.own().and(model.settings().isNotNull()));
        return servers;
    }

    private void draw(TextField field, Label state) {
        ConnectionModel.Wrong wrong = model.wrong().get();
        field.pseudoClassStateChanged(WRONG, wrong != null);
        state.getStyleClass().removeAll("wrong");
        if (wrong != null) {
            state.getStyleClass().add("wrong");
            String reason = wrong.reason().name().toLowerCase(Locale.ROOT);
            state.setText(texts.of("names.wrong." + reason, wrong.shown()));
        } else {
            state.setText(model.inUse().get() ? texts.of("names.in_use") : "");
        }
    }

    private Node lan() {
        ToggleSwitch toggle = new ToggleSwitch();
        toggle.setId("preferences-lan");
        toggle.setAccessibleText(texts.of("lan"));
        toggle.disableProperty().bind(closed);
        model.lan().subscribe(toggle::setSelected);
        toggle.selectedProperty().subscribe((_, on) -> controller.lan(on));
        return toggle;
    }
}

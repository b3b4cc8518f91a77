package org.flowshield.app.connect;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.flowshield.app.choice.Target;
import org.flowshield.app.control.Scrolling;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Texts;
import org.flowshield.app.theme.Themes;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Draws the screen: the state, what can be done, and below what there is to know of it. FX thread.
 */
final class ConnectView {

    private final ConnectModel model;
    private final ConnectController controller;
    private final Texts texts;
    private final ScrollPane root;

    ConnectView(
            ConnectModel model,
            ConnectController controller,
            Texts texts,
            Throughput throughput,
            Format format) {
        this.model = model;
        this.controller = controller;
        this.texts = texts;
        VBox page =
                new VBox(
                        new StateHero(model, controller, texts).root(),
                        only(target(), phaseIn(Phase.DISCONNECTED, Phase.FAILED, Phase.HELD)),
                        new OfferPanel(model, texts).root(),
                        new FailurePanel(model, controller, texts).root(),
                        new SessionPanel(model, texts, throughput, format).root());
        page.getStyleClass().addAll("page", "connect");
        page.getStylesheets().add(Themes.sheet(ConnectView.class, "connect.css"));
        page.setFillWidth(true);
        root = Scrolling.of(page);
        root.setFitToHeight(true);
        root.getStyleClass().add("edge-to-edge");
        root.addEventHandler(KeyEvent.KEY_PRESSED, this::typed);
    }

    /** Esc is no to a price, and ends the search for one. */
    private void typed(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            switch (model.phase().get()) {
                case ASKING -> controller.act();
                case OFFERED -> controller.decline();
                case UNKNOWN,
                        DISCONNECTED,
                        CONNECTING,
                        CONNECTED,
                        RECONNECTING,
                        HELD,
                        DISCONNECTING,
                        FAILED,
                        BLOCKING_FAILED -> {
                    return;
                }
            }
            event.consume();
        }
    }

    private Node target() {
        ComboBox<Target> targets = new ComboBox<>(model.targets());
        targets.setId("connect-target");
        targets.setMaxWidth(Double.MAX_VALUE);
        targets.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(@Nullable Target target) {
                        return target == null ? "" : controller.names().of(target);
                    }

                    @Override
                    public Target fromString(String text) {
                        throw new UnsupportedOperationException("nobody types targets");
                    }
                });
        targets.setValue(controller.target());
        targets.valueProperty()
                .subscribe(
                        chosen -> {
                            if (chosen != null) {
                                controller.choose(chosen);
                            }
                        });
        model.targets()
                .addListener(
                        (javafx.collections.ListChangeListener<Target>)
                                _ -> targets.setValue(controller.target()));
        Label label = new Label(texts.of("target"));
        label.setLabelFor(targets);
        label.setMinWidth(Region.USE_PREF_SIZE);
        Button list = new Button(texts.of("target.list"), new FontIcon(Feather.GLOBE));
        list.setId("connect-list");
        list.setMinWidth(Region.USE_PREF_SIZE);
        list.setOnAction(_ -> controller.chooseAnother());
        HBox line = new HBox(label, targets, list);
        HBox.setHgrow(targets, Priority.ALWAYS);
        line.setAlignment(Pos.CENTER_LEFT);
        line.getStyleClass().addAll("panel", "target");
        return line;
    }

    private ObservableBooleanValue phaseIn(Phase... phases) {
        List<Phase> wanted = List.of(phases);
        return Bindings.createBooleanBinding(
                () -> wanted.contains(model.phase().get()), model.phase());
    }

    /** A node that is there only while something holds. */
    static <T extends Node> T only(T node, ObservableBooleanValue claim) {
        node.visibleProperty().bind(claim);
        node.managedProperty().bind(claim);
        return node;
    }

    Region root() {
        return root;
    }
}

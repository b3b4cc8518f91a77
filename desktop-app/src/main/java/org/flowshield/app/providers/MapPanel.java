package org.flowshield.app.providers;

import java.util.List;
import java.util.stream.IntStream;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.flowshield.app.providers.map.CountryMark;
import org.flowshield.app.providers.map.WorldMap;
import org.flowshield.app.providers.map.WorldShapes;
import org.flowshield.app.text.Texts;

/** The map, what its colours stand for, and words for what is pointed at. For the FX thread. */
final class MapPanel {

    private final ProvidersModel model;
    private final ProvidersController controller;
    private final Texts texts;
    private final WorldMap map;
    private final HBox legend = new HBox();

    /** What the colours stand for, the palest first. */
    private final List<Label> shades =
            IntStream.range(0, CountryMark.SHADES).mapToObj(MapPanel::shade).toList();

    private final VBox root;

    MapPanel(ProvidersModel model, ProvidersController controller, Texts texts) {
        this.model = model;
        this.controller = controller;
        this.texts = texts;
        map = new WorldMap(WorldShapes.load(), controller::toggleCountry);
        map.setId("providers-map");
        map.setMinSize(120, 100);
        VBox.setVgrow(map, Priority.ALWAYS);
        Label pointed = new Label();
        pointed.setId("map-pointed");
        pointed.getStyleClass().add("pointed");
        pointed.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        map.pointed().get().isEmpty()
                                                ? texts.of("map.hint")
                                                : map.pointed().get(),
                                map.pointed()));
        pointed.setWrapText(true);
        pointed.setMinHeight(Region.USE_PREF_SIZE);
        legend.setAlignment(Pos.CENTER_LEFT);
        legend.getStyleClass().add("legend");
        legend.getChildren().setAll(shades);
        root = new VBox(map, pointed, below());
        root.getStyleClass().addAll("panel", "map");
        model.map().subscribe(this::show);
        model.filter().subscribe(_ -> show(model.map().get()));
    }

    Node root() {
        return root;
    }

    private Node below() {
        ToggleGroup group = new ToggleGroup();
        ToggleButton number = by("map.number", MapPicture.By.NUMBER, group);
        ToggleButton price = by("map.price", MapPicture.By.PRICE, group);
        number.getStyleClass().add("left-pill");
        price.getStyleClass().add("right-pill");
        HBox switches = new HBox(number, price);
        switches.setMinWidth(Region.USE_PREF_SIZE);
        HBox line = new HBox(14, switches, legend);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private ToggleButton by(String key, MapPicture.By by, ToggleGroup group) {
        ToggleButton button = new ToggleButton(texts.of(key));
        button.setId(key.replace('.', '-'));
        button.getStyleClass().add("small");
        button.setToggleGroup(group);
        button.setSelected(model.by().get() == by);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(
                _ -> {
                    button.setSelected(true);
                    controller.colourBy(by);
                });
        return button;
    }

    private void show(MapPicture picture) {
        map.show(picture.marks(), model.filter().get().country());
        for (int shade = 0; shade < shades.size(); shade++) {
            String words = shade < picture.legend().size() ? picture.legend().get(shade) : "";
            Label entry = shades.get(shade);
            entry.setText(words);
            entry.setVisible(!words.isEmpty());
        }
    }

    /** Made once: a new label costs more than all else that a new picture changes. */
    private static Label shade(int shade) {
        Region swatch = new Region();
        swatch.getStyleClass().addAll("swatch", "swatch" + shade);
        Label label = new Label("", swatch);
        label.getStyleClass().add("caption");
        label.setMinWidth(Region.USE_PREF_SIZE);
        label.managedProperty().bind(label.visibleProperty());
        return label;
    }
}

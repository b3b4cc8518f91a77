package org.flowshield.app.shell;

import java.util.EnumMap;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.flowshield.app.navigation.Destination;
import org.flowshield.app.screen.Screen;
import org.flowshield.app.text.Texts;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Draws the window's frame: the sidebar, and beside it one screen. For the FX thread. */
final class ShellView {

    private final ShellController controller;
    private final Map<Destination, Screen> screens;
    private final Screen unreachable;
    private final BorderPane root = new BorderPane();
    private final StackPane content = new StackPane();
    private final ToggleGroup group = new ToggleGroup();
    private final Map<Destination, ToggleButton> places = new EnumMap<>(Destination.class);
    private @Nullable Screen present;

    ShellView(
            ShellModel model,
            ShellController controller,
            Texts texts,
            Map<Destination, Screen> screens,
            Screen unreachable) {
        this.controller = controller;
        this.screens = new EnumMap<>(screens);
        this.unreachable = unreachable;
        root.setLeft(sidebar(texts));
        root.setCenter(content);
        root.sceneProperty()
                .subscribe(
                        scene -> {
                            if (scene != null) {
                                shortcuts();
                            }
                        });
        model.place().subscribe(place -> show(model, place));
        model.daemonAway().subscribe(_ -> show(model, model.place().get()));
    }

    BorderPane root() {
        return root;
    }

    /** Nothing is watched any more. */
    void close() {
        if (present != null) {
            present.hidden();
            present = null;
        }
    }

    private VBox sidebar(Texts texts) {
        Label brand = new Label("FlowShield", new FontIcon(Feather.SHIELD));
        brand.getStyleClass().add("brand");
        VBox sidebar = new VBox(brand);
        sidebar.getStyleClass().add("sidebar");
        for (Destination destination : Destination.values()) {
            if (screens.containsKey(destination)) {
                sidebar.getChildren().add(place(destination, texts));
            }
        }
        return sidebar;
    }

    private ToggleButton place(Destination destination, Texts texts) {
        ToggleButton button =
                new ToggleButton(texts.of("place." + destination.key()), icon(destination));
        button.getStyleClass().add("place");
        button.setId("place-" + destination.key());
        button.setToggleGroup(group);
        button.setAccessibleRole(AccessibleRole.RADIO_BUTTON);
        button.setOnAction(
                _ -> {
                    button.setSelected(true); // a second click on where one is changes nothing
                    controller.go(destination);
                });
        places.put(destination, button);
        return button;
    }

    private static FontIcon icon(Destination destination) {
        return new FontIcon(
                switch (destination) {
                    case CONNECT -> Feather.ZAP;
                    case PROVIDERS -> Feather.GLOBE;
                    case WALLET -> Feather.CREDIT_CARD;
                    case IDENTITY -> Feather.KEY;
                    case SHARE -> Feather.SHARE_2;
                    case PREFERENCES -> Feather.SETTINGS;
                });
    }

    /** Ctrl (or Command) and a digit go where the sidebar's line of that number goes. */
    private void shortcuts() {
        int number = 1;
        for (Destination destination : places.keySet()) {
            KeyCode digit = KeyCode.getKeyCode(Integer.toString(number++));
            root.getScene()
                    .getAccelerators()
                    .put(
                            new KeyCodeCombination(digit, KeyCombination.SHORTCUT_DOWN),
                            () -> {
                                // What the page does by Enter is meant next, not this sidebar.
                                content.requestFocus();
                                controller.go(destination);
                            });
        }
    }

    private void show(ShellModel model, Destination place) {
        Toggle toggle = places.get(place);
        if (toggle != null) {
            group.selectToggle(toggle);
        }
        Screen next =
                model.daemonAway().get()
                        ? unreachable
                        : screens.getOrDefault(place, screens.values().iterator().next());
        if (next.equals(present)) {
            return;
        }
        if (present != null) {
            present.hidden();
        }
        present = next;
        content.getChildren().setAll(next.root());
        StackPane.setAlignment(next.root(), Pos.TOP_LEFT);
        next.shown();
    }
}

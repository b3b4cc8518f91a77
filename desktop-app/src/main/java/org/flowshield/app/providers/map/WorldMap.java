package org.flowshield.app.providers.map;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Group;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.SVGPath;
import javafx.scene.transform.Scale;
import javafx.scene.transform.Translate;
import org.jspecify.annotations.Nullable;

/**
 * The world. Countries that are marked are coloured, carry a dot that grows with their number, take
 * the focus by Tab, and are chosen by a click, Enter or Space; arrow keys go to the next one that
 * way. For the FX thread.
 */
public final class WorldMap extends Pane {

    private static final PseudoClass MARKED = PseudoClass.getPseudoClass("marked");
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private static final double LEAST_DOT = 2.5;
    private static final double MOST_DOT = 7;

    private final WorldShapes world;
    private final Consumer<String> choose;
    private final Group land = new Group();
    private final Group dots = new Group();
    private final Scale scale = new Scale();
    private final Translate middle = new Translate();
    private final Map<String, WorldShapes.Shape> shapes = new HashMap<>();
    private final Map<String, SVGPath> paths = new HashMap<>();
    private final Map<String, Circle> circles = new HashMap<>();
    private final Map<String, CountryMark> marks = new HashMap<>();
    private final ReadOnlyStringWrapper pointed = new ReadOnlyStringWrapper("");

    /**
     * @param choose called with the code of a marked country
     */
    public WorldMap(WorldShapes world, Consumer<String> choose) {
        this.world = world;
        this.choose = choose;
        getStyleClass().add("world");
        for (WorldShapes.Shape shape : world.shapes()) {
            draw(shape);
        }
        Group all = new Group(land, dots);
        all.setManaged(false);
        all.getTransforms().addAll(middle, scale);
        getChildren().add(all);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
    }

    private void draw(WorldShapes.Shape shape) {
        String code = shape.code();
        if (!shape.path().isEmpty()) {
            SVGPath path = new SVGPath();
            path.setContent(shape.path());
            path.getStyleClass().add("land");
            land.getChildren().add(path);
            if (code != null) {
                paths.put(code, path);
                path.setOnMouseClicked(
                        event -> {
                            if (event.getButton() == MouseButton.PRIMARY) {
                                act(code);
                            }
                        });
                path.hoverProperty().subscribe(over -> point(over ? code : null));
            }
        }
        if (code != null) {
            shapes.put(code, shape);
        }
    }

    /** What is said of the country under the pointer, or of the one with the focus; or nothing. */
    public ReadOnlyStringProperty pointed() {
        return pointed.getReadOnlyProperty();
    }

    /** Marks these countries and no others. */
    public void show(Collection<CountryMark> now, @Nullable String chosen) {
        Map<String, CountryMark> before = Map.copyOf(marks);
        marks.clear();
        for (CountryMark mark : now) {
            if (shapes.containsKey(mark.code())) {
                marks.put(mark.code(), mark);
            }
        }
        int most = marks.values().stream().mapToInt(CountryMark::providers).max().orElse(1);
        List<String> gone = new ArrayList<>(circles.keySet());
        gone.removeAll(marks.keySet());
        gone.forEach(code -> dots.getChildren().remove(circles.remove(code)));
        marks.values().stream()
                .sorted(Comparator.comparingDouble(this::column))
                .forEach(mark -> mark(mark, most));
        for (String code : before.keySet()) {
            if (!marks.containsKey(code)) {
                style(paths.get(code), -1, false);
            }
        }
        marks.forEach(
                (code, mark) -> {
                    boolean is = code.equals(chosen);
                    style(paths.get(code), mark.shade(), is);
                    Circle dot = circles.get(code);
                    if (dot != null) {
                        dot.pseudoClassStateChanged(CHOSEN, is);
                    }
                });
    }

    /** Tab goes over the map from west to east. */
    private double column(CountryMark mark) {
        WorldShapes.Shape shape = shapes.get(mark.code());
        return shape == null ? 0 : shape.x();
    }

    private static void style(@Nullable SVGPath path, int shade, boolean chosen) {
        if (path == null) {
            return;
        }
        path.pseudoClassStateChanged(MARKED, shade >= 0);
        path.pseudoClassStateChanged(CHOSEN, chosen);
        for (int i = 0; i < CountryMark.SHADES; i++) {
            path.pseudoClassStateChanged(PseudoClass.getPseudoClass("shade" + i), i == shade);
        }
    }

    private void mark(CountryMark mark, int most) {
        Circle dot = circles.computeIfAbsent(mark.code(), this::dot);
        dot.setRadius(
                LEAST_DOT + (MOST_DOT - LEAST_DOT) * Math.sqrt((double) mark.providers() / most));
        dot.setAccessibleText(mark.words());
    }

    private Circle dot(String code) {
        WorldShapes.Shape shape = shapes.get(code);
        Circle dot = new Circle(shape == null ? 0 : shape.x(), shape == null ? 0 : shape.y(), 1);
        dot.setId("map-" + code);
        dot.getStyleClass().add("dot");
        dot.setAccessibleRole(AccessibleRole.BUTTON);
        dot.setFocusTraversable(true);
        dot.setOnMouseClicked(_ -> act(code));
        dot.hoverProperty().subscribe(over -> point(over ? code : null));
        dot.focusedProperty().subscribe(focused -> point(focused ? code : null));
        dot.setOnKeyPressed(event -> typed(code, event));
        dots.getChildren().add(dot);
        return dot;
    }

    private void typed(String code, KeyEvent event) {
        switch (event.getCode()) {
            case ENTER, SPACE -> act(code);
            case LEFT -> go(code, Direction.LEFT);
            case RIGHT -> go(code, Direction.RIGHT);
            case UP -> go(code, Direction.UP);
            case DOWN -> go(code, Direction.DOWN);
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void go(String from, Direction direction) {
        WorldShapes.Shape here = shapes.get(from);
        if (here == null) {
            return;
        }
        List<WorldShapes.Shape> others =
                marks.keySet().stream()
                        .filter(code -> !code.equals(from))
                        .map(shapes::get)
                        .toList();
        direction
                .nearest(here, others)
                .map(shape -> circles.get(shape.code()))
                .ifPresent(Circle::requestFocus);
    }

    private void act(String code) {
        if (marks.containsKey(code)) {
            choose.accept(code);
        }
    }

    private void point(@Nullable String code) {
        CountryMark mark = code == null ? null : marks.get(code);
        if (mark != null) {
            pointed.set(mark.words());
            return;
        }
        pointed.set(
                circles.entrySet().stream()
                        .filter(entry -> entry.getValue().isFocused())
                        .map(entry -> marks.get(entry.getKey()))
                        .filter(java.util.Objects::nonNull)
                        .map(CountryMark::words)
                        .findFirst()
                        .orElse(""));
    }

    @Override
    protected double computePrefHeight(double width) {
        return width <= 0 ? world.height() / 4 : width * world.height() / world.width();
    }

    @Override
    protected void layoutChildren() {
        double factor = Math.min(getWidth() / world.width(), getHeight() / world.height());
        scale.setX(factor);
        scale.setY(factor);
        middle.setX((getWidth() - world.width() * factor) / 2);
        middle.setY((getHeight() - world.height() * factor) / 2);
    }
}

package org.flowshield.app.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * Walks over a scene and says what a person could not use or read: something that takes the focus
 * and has no name for a screen reader, text with too little contrast, text that is cut off. For the
 * FX thread.
 */
public final class SceneAudit {

    /** WCAG 2.2, 1.4.3: of normal text. */
    static final double LEAST_CONTRAST = 4.5;

    /** Glyphs are laid out on whole pixels. */
    private static final double ROUNDING = 1.5;

    /** A picture that is a letter of a font. */
    private static final String ICON = "ikonli-font-icon";

    /** Text that wraps asks for more height when it knows its width, and its parents' the same. */
    private static final int LAYOUTS = 3;

    private final List<String> faults = new ArrayList<>();

    private SceneAudit() {}

    /** All faults, one a line; empty: there are none. */
    public static List<String> faults(Parent root) {
        for (int i = 0; i < LAYOUTS; i++) {
            root.applyCss();
            root.layout();
        }
        SceneAudit audit = new SceneAudit();
        audit.walk(root, Color.WHITE);
        return List.copyOf(audit.faults);
    }

    private void walk(Node node, Color below) {
        if (!node.isVisible()) {
            return;
        }
        Color ground = ground(node, below);
        if (node.isFocusTraversable() && !node.isDisabled() && !isPart(node)) {
            requireName(node);
        }
        if (node instanceof Text text && !text.getStyleClass().contains(ICON)) {
            requireContrast(text, ground);
            requireWhole(text);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> walk(child, ground));
        }
    }

    /** Parts of a control are named by the control. */
    private static boolean isPart(Node node) {
        return node instanceof ScrollBar || node instanceof ScrollPane;
    }

    private void requireName(Node node) {
        boolean named =
                hasText(node.getAccessibleText())
                        || (node instanceof Labeled labeled && hasText(labeled.getText()))
                        || (node instanceof Control control && isLabelled(control));
        if (!named) {
            faults.add("takes the focus and has no name: " + describe(node));
        }
    }

    private static boolean isLabelled(Control control) {
        return control.getParent() != null
                && control.getScene().getRoot().lookupAll(".label").stream()
                        .anyMatch(
                                node ->
                                        node instanceof javafx.scene.control.Label label
                                                && control.equals(label.getLabelFor()));
    }

    private static boolean hasText(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private void requireContrast(Text text, Color ground) {
        if (text.getText().isBlank() || !(text.getFill() instanceof Color fill) || isDim(text)) {
            return;
        }
        double contrast = contrast(over(fill, ground), ground);
        if (contrast < LEAST_CONTRAST) {
            faults.add(
                    String.format(
                            Locale.ROOT,
                            "contrast %.2f of %s on %s: %s",
                            contrast,
                            fill,
                            ground,
                            describe(text)));
        }
    }

    /** WCAG asks nothing of what can't be used now. */
    private static boolean isDim(Node node) {
        for (Node up = node; up != null; up = up.getParent()) {
            if (up.isDisabled()) {
                return true;
            }
        }
        return false;
    }

    /** A label that is too narrow ends its text with an ellipsis; one in a box is clipped by it. */
    private void requireWhole(Text text) {
        if (text.getParent() instanceof Labeled labeled
                && !text.getStyleClass().contains("ikonli-font-icon")
                && hasText(labeled.getText())
                && !text.getText().equals(labeled.getText())
                && !labeled.isMnemonicParsing()
                && !text.getText().replace("\n", "").equals(labeled.getText().replace("\n", ""))) {
            faults.add("cut off: '" + text.getText() + "' of '" + labeled.getText() + "'");
            return;
        }
        if (text.getText().isBlank() || scrolls(text)) {
            return;
        }
        Bounds all = text.localToScene(text.getLayoutBounds());
        double width = text.getScene().getWidth();
        double height = text.getScene().getHeight();
        if (all.getMaxX() > width + ROUNDING
                || all.getMaxY() > height + ROUNDING
                || all.getMinX() < -ROUNDING
                || all.getMinY() < -ROUNDING) {
            faults.add("outside of the window: " + describe(text));
        }
    }

    private static boolean scrolls(Node node) {
        for (Node up = node; up != null; up = up.getParent()) {
            if (up instanceof ScrollPane || up.getStyleClass().contains("virtual-flow")) {
                return true;
            }
        }
        return false;
    }

    private static Color ground(Node node, Color below) {
        if (!(node instanceof Region region)) {
            return below;
        }
        Background background = region.getBackground();
        Color ground = below;
        if (background != null) {
            for (BackgroundFill fill : background.getFills()) {
                Paint paint = fill.getFill();
                if (paint instanceof Color color) {
                    ground = over(color, ground);
                }
            }
        }
        return ground;
    }

    private static Color over(Color above, Color below) {
        double opacity = above.getOpacity();
        return Color.color(
                above.getRed() * opacity + below.getRed() * (1 - opacity),
                above.getGreen() * opacity + below.getGreen() * (1 - opacity),
                above.getBlue() * opacity + below.getBlue() * (1 - opacity));
    }

    /** WCAG 2.2, contrast ratio. */
    static double contrast(Color one, Color other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(Color color) {
        return 0.2126 * linear(color.getRed())
                + 0.7152 * linear(color.getGreen())
                + 0.0722 * linear(color.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }

    private static String describe(Node node) {
        StringBuilder way = new StringBuilder(node.getClass().getSimpleName());
        if (node instanceof Text text) {
            way.append(" '").append(text.getText()).append('\'');
        }
        for (Node up = node; up != null; up = up.getParent()) {
            if (up.getId() != null) {
                way.append(" in #").append(up.getId());
                break;
            }
            if (!up.getStyleClass().isEmpty()) {
                way.append(" in .").append(up.getStyleClass().getFirst());
            }
        }
        return way.toString();
    }
}

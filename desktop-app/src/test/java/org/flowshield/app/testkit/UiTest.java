package org.flowshield.app.testkit;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.flowshield.app.theme.Brightness;
import org.flowshield.app.theme.Themes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.testfx.api.FxRobot;

/**
 * A test with a window and a person's hands. Nodes are found by their ids. TestFX does the clicking
 * and typing behind these few methods, and can be replaced behind them.
 */
public abstract class UiTest {

    protected static final double WIDTH = 960;
    protected static final double HEIGHT = 680;
    protected static final double LEAST_WIDTH = 700;
    protected static final double LEAST_HEIGHT = 600;

    /** A machine that does much beside takes as long for a wallet's encryption. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final FxRobot robot = new FxRobot();
    private @Nullable Stage stage;

    /** Shows a page in a light window of the usual size. */
    protected void show(Parent page) {
        show(page, Brightness.LIGHT);
    }

    protected void show(Parent page, Brightness brightness) {
        close();
        Toolkit.run(
                () -> {
                    Stage opened = new Stage();
                    Scene scene = new Scene(new StackPane(page), WIDTH, HEIGHT);
                    new Themes(brightness, Themes.ofSystem()).apply(scene);
                    opened.setScene(scene);
                    opened.show();
                    stage = opened;
                });
        Toolkit.settle();
    }

    /** No test of a screen passes if something waited where the window is drawn. */
    @AfterEach
    void nothingHasWaitedOnTheFxThread() {
        OffFxThread.requireNone();
    }

    @AfterEach
    void close() {
        Stage open = stage;
        if (open != null) {
            Toolkit.run(open::close);
            stage = null;
        }
    }

    /** The window as small as it gets, less its sidebar. */
    protected void small() {
        Toolkit.run(
                () -> {
                    scene().getWindow().setWidth(LEAST_WIDTH);
                    scene().getWindow().setHeight(LEAST_HEIGHT);
                });
        Toolkit.settle();
    }

    protected Scene scene() {
        return Objects.requireNonNull(
                Objects.requireNonNull(stage, "show a page first").getScene());
    }

    /** The node with that id, on the page or in a dialog above it. */
    protected Node node(String id) {
        return robot.lookup("#" + id).query();
    }

    protected boolean isThere(String id) {
        return robot.lookup("#" + id).tryQuery().filter(Node::isVisible).isPresent();
    }

    /** What a label, a button, a field or a text says. */
    protected String text(String id) {
        return Toolkit.on(
                () ->
                        switch (node(id)) {
                            case Labeled labeled -> labeled.getText();
                            case TextInputControl input -> input.getText();
                            case Text text -> text.getText();
                            default -> throw new AssertionError(id + " says nothing");
                        });
    }

    protected void click(String id) {
        robot.clickOn("#" + id);
        Toolkit.settle();
    }

    /** Scrolls until a node is seen, as a person does who wants to click it. */
    protected void reveal(String id) {
        Toolkit.settle();
        Toolkit.run(
                () -> {
                    Node wanted = node(id);
                    for (Parent at = wanted.getParent(); at != null; at = at.getParent()) {
                        if (at instanceof ScrollPane pane && pane.getContent() != null) {
                            scroll(pane, wanted);
                        }
                    }
                });
        Toolkit.settle();
    }

    /** Brings a node's middle to the middle of the pane, as far as that goes. */
    private static void scroll(ScrollPane pane, Node wanted) {
        Node content = pane.getContent();
        double height = content.getBoundsInLocal().getHeight();
        double seen = pane.getViewportBounds().getHeight();
        double middle =
                content.sceneToLocal(wanted.localToScene(wanted.getBoundsInLocal())).getCenterY();
        if (height > seen) {
            double part = (middle - seen / 2) / (height - seen);
            pane.setVvalue(Math.clamp(part, 0.0, 1.0));
        }
    }

    /** Types into the node that has the focus. */
    protected void type(String text) {
        robot.write(text, 0);
        Toolkit.settle();
    }

    protected void press(KeyCode... keys) {
        robot.press(keys).release(keys);
        Toolkit.settle();
    }

    /** Waits for something that other threads bring about. */
    protected static void await(String what, BooleanSupplier claim) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!Toolkit.on(claim::getAsBoolean)) {
            if (System.nanoTime() > until) {
                throw new AssertionError("it did not happen: " + what);
            }
            Toolkit.settle();
        }
    }
}

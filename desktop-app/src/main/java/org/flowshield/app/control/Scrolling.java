package org.flowshield.app.control;

import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/** Makes what can be longer than its place. For the FX thread. */
public final class Scrolling {

    private Scrolling() {}

    /** As wide as its place, and as high or higher. */
    public static ScrollPane of(Region content) {
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.skinProperty()
                .subscribe(
                        skin -> {
                            if (skin != null) {
                                drawAtOnce(scroll);
                            }
                        });
        return scroll;
    }

    /**
     * The skin draws all into a picture first, and that when one scrolls: where something moves in
     * it all is drawn twice, and the picture takes as much memory as the window.
     */
    private static void drawAtOnce(ScrollPane scroll) {
        Node viewport = scroll.lookup(".viewport");
        if (viewport != null) {
            viewport.setCache(false);
        }
    }
}

package org.flowshield.app.screen;

import javafx.scene.layout.Region;

/**
 * One page of the app: the public face of a model, a view and a controller. Made once, shown many
 * times. All methods are called by the FX thread.
 */
public interface Screen {

    /** The same region each time. */
    Region root();

    /** It is about to be seen: begin to watch. */
    void shown();

    /** It is no longer seen: whatever {@link #shown} began ends here. */
    void hidden();
}

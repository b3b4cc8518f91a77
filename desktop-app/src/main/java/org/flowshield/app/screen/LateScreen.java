package org.flowshield.app.screen;

import java.util.function.Supplier;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * A screen that is made when it is looked at first: the window is there sooner, and most screens
 * are not seen in most runs. For the FX thread.
 */
public final class LateScreen<S extends Screen> implements Screen {

    private final Supplier<S> maker;
    private @Nullable S made;

    public LateScreen(Supplier<S> maker) {
        this.maker = maker;
    }

    /** The screen itself. */
    public S made() {
        S screen = made;
        if (screen == null) {
            screen = maker.get();
            made = screen;
        }
        return screen;
    }

    @Override
    public Region root() {
        return made().root();
    }

    @Override
    public void shown() {
        made().shown();
    }

    /** What was never shown has begun nothing. */
    @Override
    public void hidden() {
        if (made != null) {
            made.hidden();
        }
    }
}

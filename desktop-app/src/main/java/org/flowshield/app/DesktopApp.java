package org.flowshield.app;

import java.util.Objects;
import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The JavaFX life of the app; everything else is {@link Wiring}'s. */
public final class DesktopApp extends Application {

    /** Handed over by {@link Launcher}, before JavaFX makes this object by reflection. */
    static @Nullable Places places;

    private @Nullable Wiring wiring;

    @Override
    public void start(Stage stage) {
        wiring = new Wiring(Objects.requireNonNull(places), stage);
        wiring.start();
    }

    @Override
    public void stop() {
        if (wiring != null) {
            wiring.close();
        }
    }
}

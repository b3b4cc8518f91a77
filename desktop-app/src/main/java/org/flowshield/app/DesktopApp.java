package org.flowshield.app;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import javafx.application.Application;
import javafx.stage.Stage;
import org.flowshield.app.logs.OwnLog;
import org.flowshield.app.system.SingleInstance;
import org.jspecify.annotations.Nullable;

/** The JavaFX life of the app; everything else is {@link Wiring}'s. */
public final class DesktopApp extends Application {

    /** Handed over by {@link Launcher}, before JavaFX makes this object by reflection. */
    static @Nullable Places places;

    /** Whether it only shows its pages once and ends. */
    static boolean training;

    /** The same way; empty where nobody could find out whether there is another window. */
    static Optional<SingleInstance> instance = Optional.empty();

    private @Nullable Wiring wiring;
    private @Nullable OwnLog log;

    @Override
    public void start(Stage stage) {
        Places known = Objects.requireNonNull(places);
        OwnLog own = new OwnLog(known.log(), Instant.now(), ZoneId.systemDefault());
        own.follow();
        log = own;
        wiring = new Wiring(known, instance, own, stage);
        wiring.start();
        if (training) {
            wiring.train();
        }
    }

    @Override
    public void stop() {
        if (wiring != null) {
            wiring.close();
        }
        if (log != null) {
            log.close();
        }
    }
}

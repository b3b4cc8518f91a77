package org.flowshield.app;

import java.util.ArrayDeque;
import java.util.Deque;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import org.flowshield.app.navigation.Destination;
import org.flowshield.app.navigation.Navigator;

/**
 * Shows the first run and every page once and ends the app: what the JVM loads and compiles
 * meanwhile goes into the cache that packages start from. FX thread.
 */
final class Training extends AnimationTimer {

    /** A page is styled, laid out and drawn within a few; this is half a second. */
    private static final int FRAMES_EACH = 30;

    private final Deque<Runnable> left = new ArrayDeque<>();
    private int frames;

    /**
     * @param pastFirstRun leaves the first run, which a new person sees first
     */
    Training(Runnable pastFirstRun, Navigator navigator) {
        left.add(() -> {}); // what is there at the start
        left.add(pastFirstRun);
        for (Destination place : Destination.values()) {
            left.add(() -> navigator.go(place));
        }
    }

    @Override
    public void handle(long now) {
        if (frames++ % FRAMES_EACH != 0) {
            return;
        }
        Runnable next = left.poll();
        if (next == null) {
            stop();
            Platform.exit();
        } else {
            next.run();
        }
    }
}

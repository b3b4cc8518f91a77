package org.flowshield.app;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import org.flowshield.app.navigation.Destination;
import org.flowshield.app.navigation.Navigator;

/**
 * Shows every page once and ends the app: what the JVM loads and compiles meanwhile goes into the
 * cache that packages start from. FX thread.
 */
final class Training extends AnimationTimer {

    /** A page is styled, laid out and drawn within a few; this is half a second. */
    private static final int FRAMES_EACH = 30;

    private final Navigator navigator;
    private final Deque<Destination> left;
    private int frames;

    Training(Navigator navigator, Collection<Destination> places) {
        this.navigator = navigator;
        this.left = new ArrayDeque<>(places);
    }

    @Override
    public void handle(long now) {
        if (frames++ % FRAMES_EACH != 0) {
            return;
        }
        Destination next = left.poll();
        if (next == null) {
            stop();
            Platform.exit();
        } else {
            navigator.go(next);
        }
    }
}

package org.flowshield.app.threads;

import javafx.application.Platform;

/**
 * The thread that draws. A port, so that controllers are tested without a toolkit: a test hands in
 * {@code Runnable::run}.
 */
@FunctionalInterface
public interface Ui {

    /** The FX thread; what comes from it runs at once. */
    Ui FX =
            job -> {
                if (Platform.isFxApplicationThread()) {
                    job.run();
                } else {
                    Platform.runLater(job);
                }
            };

    /** Runs it there, soon. */
    void run(Runnable job);
}

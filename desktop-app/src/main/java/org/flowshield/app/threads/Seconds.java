package org.flowshield.app.threads;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says that a second is over, or some, while it is wanted. An animation of the toolkit would say so
 * too, and wake the FX thread sixty times for each. For the FX thread.
 */
public final class Seconds {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Ui ui;
    private final Duration every;
    private final Runnable over;
    private @Nullable Thread counting;

    /**
     * @param over run on the FX thread
     */
    public Seconds(Ui ui, Runnable over) {
        this(ui, SECOND, over);
    }

    /**
     * @param every how long it takes each time
     * @param over run on the FX thread
     */
    public Seconds(Ui ui, Duration every, Runnable over) {
        this.ui = ui;
        this.every = every;
        this.over = over;
    }

    /** Begins, if it has not begun. */
    public void start() {
        if (counting == null) {
            counting = Thread.ofVirtual().name("seconds").start(this::count);
        }
    }

    /** Nothing is said from now on. Idempotent. */
    public void stop() {
        if (counting != null) {
            counting.interrupt();
            counting = null;
        }
    }

    private void count() {
        Thread self = Thread.currentThread();
        try {
            while (true) {
                Thread.sleep(every);
                ui.run(
                        () -> {
                            if (self.equals(counting)) {
                                over.run();
                            }
                        });
            }
        } catch (InterruptedException e) {
            self.interrupt(); // it was stopped
        }
    }
}

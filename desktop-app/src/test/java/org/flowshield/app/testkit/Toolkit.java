package org.flowshield.app.testkit;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;

/** JavaFX, started once for all tests of a process, in its headless platform. */
public final class Toolkit {

    private static final long PATIENCE = 120;

    /** A timer is called before a frame is laid out: three calls enclose two layouts. */
    private static final int FRAMES = 3;

    private static boolean started;

    private Toolkit() {}

    /** Starts it if it is not. */
    public static synchronized void start() {
        if (started) {
            return;
        }
        CountDownLatch up = new CountDownLatch(1);
        Platform.startup(up::countDown);
        Platform.setImplicitExit(false);
        try {
            if (!up.await(PATIENCE, TimeUnit.SECONDS)) {
                throw new IllegalStateException("JavaFX does not start");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while JavaFX started", e);
        }
        started = true;
    }

    /** Runs something on the FX thread and waits for its result; from there, at once. */
    public static <T> T on(Callable<T> job) {
        start();
        if (Platform.isFxApplicationThread()) {
            return here(job);
        }
        FutureTask<T> task = new FutureTask<>(job);
        Platform.runLater(task);
        try {
            return task.get(PATIENCE, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("on the FX thread: " + e.getCause(), e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("the FX thread does not answer", e);
        }
    }

    private static <T> T here(Callable<T> job) {
        try {
            return job.call();
        } catch (Exception e) {
            throw new AssertionError("on the FX thread: " + e, e);
        }
    }

    /** Runs something on the FX thread and waits until it is done. */
    public static void run(Runnable job) {
        on(
                () -> {
                    job.run();
                    return true;
                });
    }

    /**
     * Waits until everything that was put to the FX thread is done and two frames were laid out and
     * drawn: text that wraps knows its height only in the second.
     */
    public static void settle() {
        if (Platform.isFxApplicationThread()) {
            return;
        }
        CountDownLatch frames = new CountDownLatch(FRAMES);
        AnimationTimer timer =
                new AnimationTimer() {
                    @Override
                    public void handle(long now) {
                        frames.countDown();
                    }
                };
        run(timer::start);
        try {
            if (!frames.await(PATIENCE, TimeUnit.SECONDS)) {
                throw new AssertionError("the FX thread draws nothing");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while a frame was drawn", e);
        }
        run(timer::stop);
    }
}

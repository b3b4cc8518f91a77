package org.flowshield.app.testkit;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;

/** JavaFX, started once for all tests of a process, in its headless platform. */
public final class Toolkit {

    private static final long PATIENCE = 120;
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

    /** Waits until everything that was put to the FX thread is done, twice, and a pulse was. */
    public static void settle() {
        for (int i = 0; i < 2; i++) {
            run(Platform::requestNextPulse);
        }
    }
}

package org.flowshield.app.testkit;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.flowshield.app.threads.Ui;

/**
 * The thread that draws, played by the test's own: what work tells is run by {@link #until}, so
 * that controllers are tested without a toolkit and by one thread.
 */
public final class Hand implements Ui {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final BlockingQueue<Runnable> jobs = new LinkedBlockingQueue<>();

    @Override
    public void run(Runnable job) {
        jobs.add(job);
    }

    /** Runs what comes until a claim is true. */
    public void until(String what, BooleanSupplier claim) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!claim.getAsBoolean()) {
            try {
                Runnable job = jobs.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (job == null) {
                    throw new AssertionError("it did not happen: " + what);
                }
                job.run();
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while waiting: " + what, e);
            }
        }
    }
}

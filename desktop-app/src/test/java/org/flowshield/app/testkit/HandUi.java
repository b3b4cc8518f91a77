package org.flowshield.app.testkit;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.flowshield.app.threads.Ui;

/**
 * Stands for the thread that draws where a controller is tested without a toolkit: what is put to
 * it is done by the test, when it waits for something.
 */
public final class HandUi implements Ui {

    private static final long PATIENCE = 20;

    private final BlockingQueue<Runnable> jobs = new LinkedBlockingQueue<>();

    @Override
    public void run(Runnable job) {
        jobs.add(job);
    }

    /** Does what was put to it until the claim holds. */
    public void await(String what, BooleanSupplier claim) {
        try {
            while (!claim.getAsBoolean()) {
                Runnable job = jobs.poll(PATIENCE, TimeUnit.SECONDS);
                if (job == null) {
                    throw new AssertionError("it did not happen: " + what);
                }
                job.run();
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Does what is put to it next. */
    public void awaitNext() {
        AtomicInteger looks = new AtomicInteger();
        await("something is put to it", () -> looks.getAndIncrement() > 0);
    }

    /** Does what was put to it so far. */
    public void settle() {
        for (Runnable job = jobs.poll(); job != null; job = jobs.poll()) {
            job.run();
        }
    }
}

package org.flowshield.app.threads;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.daemon.FailureException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that waits: for the daemon, the disk, the chain. Each job gets a virtual thread of its own;
 * how it ended is told on the FX thread. Safe for use by any thread.
 */
public final class Work {

    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    private final Ui ui;

    public Work(Ui ui) {
        this.ui = ui;
    }

    /** Something that takes its time. */
    @FunctionalInterface
    public interface Job<T> {
        T run() throws FailureException, InterruptedException;
    }

    /** A job on its way. */
    @FunctionalInterface
    public interface Running {

        /** Interrupts it; neither end is told any more. Does nothing to one that is done. */
        void cancel();
    }

    /**
     * Runs it beside.
     *
     * @param name of the thread
     * @param done told on the FX thread
     * @param failed told on the FX thread
     */
    public <T> Running start(
            String name, Job<T> job, Consumer<? super T> done, Consumer<Failure> failed) {
        AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
        Thread thread =
                Thread.ofVirtual()
                        .name(name)
                        .start(
                                () -> {
                                    Runnable end = run(job, done, failed);
                                    ui.run(
                                            () -> {
                                                if (state.compareAndSet(
                                                        State.RUNNING, State.ENDED)) {
                                                    end.run();
                                                }
                                            });
                                });
        return () -> {
            if (state.compareAndSet(State.RUNNING, State.CANCELLED)) {
                thread.interrupt();
            }
        };
    }

    private enum State {
        RUNNING,
        ENDED,
        CANCELLED
    }

    private static <T> Runnable run(
            Job<T> job, Consumer<? super T> done, Consumer<Failure> failed) {
        try {
            T result = job.run();
            return () -> done.accept(result);
        } catch (FailureException e) {
            // Not its words: they may name what nobody wants in a file.
            LOG.info(
                    "{} failed: {}",
                    Thread.currentThread().getName(),
                    e.failure().problem().code());
            return () -> failed.accept(e.failure());
        } catch (InterruptedException e) {
            return () -> {};
        } catch (RuntimeException e) {
            // A bug: the thread's handler logs it, and the person is told that something broke.
            Thread.currentThread().getThreadGroup().uncaughtException(Thread.currentThread(), e);
            return () -> failed.accept(Failure.broken(e));
        }
    }
}

package org.flowshield.libp2p.kad;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The same work for some peers at once, each on a virtual thread, within a time. */
final class Fanout {

    private Fanout() {}

    @FunctionalInterface
    interface Work<T> {
        void run(T one) throws IOException;
    }

    /**
     * @param succeeded how many did not fail and were in time
     */
    record Result(int succeeded) {}

    private record Outcome(@Nullable IOException failure) {}

    /**
     * Runs the work; what is not done when the time is over is interrupted.
     *
     * @param grace for the others, once the work for one has succeeded
     * @param failures gets those of the work that failed in time
     */
    static <T> Result run(
            List<T> all, Work<T> work, Duration limit, Duration grace, List<IOException> failures)
            throws InterruptedIOException {
        BlockingQueue<Outcome> outcomes = new ArrayBlockingQueue<>(Math.max(1, all.size()));
        List<Thread> threads = new ArrayList<>();
        for (T one : all) {
            threads.add(Thread.ofVirtual().name("kad-tell").start(() -> run(one, work, outcomes)));
        }
        try {
            return collect(all.size(), outcomes, limit, grace, failures);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for peers");
        } finally {
            threads.forEach(Thread::interrupt);
        }
    }

    private static <T> void run(T one, Work<T> work, BlockingQueue<Outcome> outcomes) {
        IOException failure = new IOException("the work ended by an error");
        boolean done = false;
        try {
            work.run(one);
            done = true;
        } catch (IOException e) {
            failure = e;
        } finally {
            outcomes.add(new Outcome(done ? null : failure));
        }
    }

    private static Result collect(
            int count,
            BlockingQueue<Outcome> outcomes,
            Duration limit,
            Duration grace,
            List<IOException> failures)
            throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        int succeeded = 0;
        for (int i = 0; i < count; i++) {
            @Nullable Outcome outcome =
                    outcomes.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (outcome == null) {
                break;
            }
            if (outcome.failure() == null) {
                if (succeeded++ == 0) {
                    end = Math.min(end, System.nanoTime() + grace.toNanos());
                }
            } else {
                failures.add(outcome.failure());
            }
        }
        return new Result(succeeded);
    }
}

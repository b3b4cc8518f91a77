package org.flowshield.node.finder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Asks several at the same time, within one limit of time. Any thread. */
final class Fanout {

    private Fanout() {}

    /** Asks one. */
    @FunctionalInterface
    interface Ask<T, R> {

        /** The answer; empty: it is of no use. */
        Optional<R> one(T whom) throws InterruptedException;
    }

    /**
     * Asks all, so many at a time; who has not answered when time is up is interrupted.
     *
     * @param patience how long others are still waited for, asked after each answer; empty: as long
     *     as there is time
     * @return answers as they came
     */
    static <T, R> List<R> ask(
            List<T> all,
            int atATime,
            Duration limit,
            Ask<T, R> ask,
            Function<List<R>, Optional<Duration>> patience)
            throws InterruptedException {
        List<R> answers = new ArrayList<>();
        if (all.isEmpty()) {
            return answers;
        }
        long end = System.nanoTime() + limit.toNanos();
        Semaphore places = new Semaphore(atATime);
        ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("finder-ask").factory());
        try {
            CompletionService<Optional<R>> asked = new ExecutorCompletionService<>(threads);
            for (T one : all) {
                Future<?> _ =
                        asked.submit(
                                () -> {
                                    places.acquire();
                                    try {
                                        return ask.one(one);
                                    } finally {
                                        places.release();
                                    }
                                });
            }
            for (int i = 0; i < all.size(); i++) {
                Future<Optional<R>> next =
                        asked.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (next == null) {
                    break;
                }
                result(next).ifPresent(answers::add);
                Optional<Duration> more = patience.apply(answers);
                if (more.isPresent()) {
                    end = Math.min(end, System.nanoTime() + more.orElseThrow().toNanos());
                }
            }
            return answers;
        } finally {
            List<Runnable> _ = threads.shutdownNow(); // who still asks finds its host closed
        }
    }

    private static <R> Optional<R> result(Future<Optional<R>> done) throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                return Optional.empty();
            }
            throw new IllegalStateException("asking failed", e.getCause());
        }
    }
}

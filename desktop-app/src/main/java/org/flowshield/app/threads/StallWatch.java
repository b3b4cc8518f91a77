package org.flowshield.app.threads;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import javafx.application.Platform;

/**
 * Measures how long the FX thread keeps others waiting: a thread beside puts a probe to it, waits
 * until it has run, and begins anew. One probe at a time, so that the watch is no load itself. For
 * benchmarks and tests.
 */
public final class StallWatch implements AutoCloseable {

    /** Shorter than a frame, so that none is missed. */
    private static final Duration BETWEEN = Duration.ofMillis(4);

    /** Ten minutes of probes; later ones are not kept. */
    private static final int MOST = 150_000;

    /** A probe that waits longer is a window that hangs for good. */
    private static final Duration HUNG = Duration.ofSeconds(30);

    private final Thread prober;

    /** Protected by this object's lock. */
    private final long[] waits = new long[MOST];

    private int size;
    private volatile boolean closed;

    /**
     * What was measured.
     *
     * @param probes how many
     */
    public record Report(int probes, Duration median, Duration p99, Duration max) {

        /** In one line, in milliseconds. */
        @Override
        public String toString() {
            return "FX thread: %d probes, median %.1f ms, p99 %.1f ms, max %.1f ms"
                    .formatted(probes, millis(median), millis(p99), millis(max));
        }

        private static double millis(Duration time) {
            return time.toNanos() / 1e6;
        }
    }

    public StallWatch() {
        prober = Thread.ofPlatform().name("stall-watch").daemon().start(this::probe);
    }

    private void probe() {
        while (!closed) {
            CountDownLatch ran = new CountDownLatch(1);
            long from = System.nanoTime();
            Platform.runLater(ran::countDown);
            try {
                boolean _ = ran.await(HUNG.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return;
            }
            add(System.nanoTime() - from);
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    private synchronized void add(long nanos) {
        if (size < MOST) {
            waits[size++] = nanos;
        }
    }

    /** Forgets what was measured so far: what came before does not count. */
    public synchronized void reset() {
        size = 0;
    }

    /** What was measured so far. */
    public synchronized Report report() {
        if (size == 0) {
            throw new IllegalStateException("nothing was measured yet");
        }
        long[] sorted = Arrays.copyOf(waits, size);
        Arrays.sort(sorted);
        return new Report(
                size,
                Duration.ofNanos(sorted[size / 2]),
                Duration.ofNanos(sorted[Math.min(size - 1, (int) (size * 0.99))]),
                Duration.ofNanos(sorted[size - 1]));
    }

    @Override
    public void close() {
        closed = true;
        prober.interrupt();
    }
}

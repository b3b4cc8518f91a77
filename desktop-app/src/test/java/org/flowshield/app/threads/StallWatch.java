package org.flowshield.app.threads;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
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

    private final long[] work = new long[MOST];
    private int size;
    private boolean first = true;

    /** What the FX thread had computed for when the last probe ran. */
    private volatile long busy;

    private volatile boolean closed;

    /**
     * What was measured.
     *
     * @param waits of probes: what a click would have waited, beside everything else that this
     *     machine was doing
     * @param work that the FX thread did itself between two probes: what is the app's own doing
     */
    public record Report(Times waits, Times work) {

        @Override
        public String toString() {
            return "FX thread: waits " + waits + "; own work between probes " + work;
        }
    }

    /** Some times, and which are the longest. */
    public record Times(int count, Duration median, Duration p99, Duration max) {

        static Times of(long[] nanos, int count) {
            long[] sorted = Arrays.copyOf(nanos, count);
            Arrays.sort(sorted);
            return new Times(
                    count,
                    Duration.ofNanos(sorted[count / 2]),
                    Duration.ofNanos(sorted[(int) (count * 0.99)]),
                    Duration.ofNanos(sorted[count - 1]));
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "median %.1f ms, p99 %.1f ms, max %.1f ms (%d)",
                    millis(median),
                    millis(p99),
                    millis(max),
                    count);
        }

        private static double millis(Duration time) {
            return time.toNanos() / 1e6;
        }
    }

    public StallWatch() {
        prober = Thread.ofPlatform().name("stall-watch").daemon().start(this::probe);
    }

    private void probe() {
        long before = 0;
        while (!closed) {
            CountDownLatch ran = new CountDownLatch(1);
            long from = System.nanoTime();
            Platform.runLater(
                    () -> {
                        busy = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                        ran.countDown();
                    });
            try {
                boolean _ = ran.await(HUNG.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return;
            }
            add(System.nanoTime() - from, busy - before);
            before = busy;
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    private synchronized void add(long nanos, long busyNanos) {
        if (size < MOST) {
            waits[size] = nanos;
            work[size++] = first ? 0 : busyNanos;
            first = false;
        }
    }

    /** Forgets what was measured so far: what came before does not count. */
    public synchronized void reset() {
        size = 0;
    }

    /** The longest wait so far; nothing before the first. */
    public synchronized Duration longest() {
        return size == 0 ? Duration.ZERO : report().waits().max();
    }

    /** What was measured so far. */
    public synchronized Report report() {
        if (size == 0) {
            throw new IllegalStateException("nothing was measured yet");
        }
        return new Report(Times.of(waits, size), Times.of(work, size));
    }

    @Override
    public void close() {
        closed = true;
        prober.interrupt();
    }
}

package org.flowshield.node.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The life of a node in the foreground: from its start until a signal, or until it fails. A signal
 * makes the JVM wait until the node has put everything back.
 */
public final class Lifetime implements AutoCloseable {

    /** Routes and rules are a few commands; a supervisor kills after 10 s. */
    private static final Duration CLEAN_UP_WITHIN = Duration.ofSeconds(9);

    private final CompletableFuture<String> stop = new CompletableFuture<>();
    private final CountDownLatch finished = new CountDownLatch(1);

    private Lifetime() {}

    /** Begins to listen for signals. */
    public static Lifetime begin() {
        Lifetime lifetime = new Lifetime();
        Runtime.getRuntime().addShutdownHook(new Thread(lifetime::onSignal, "stop"));
        return lifetime;
    }

    private void onSignal() {
        stop.complete("stopped");
        try {
            boolean _ = finished.await(CLEAN_UP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Completes when the node is to stop. */
    public CompletableFuture<String> stop() {
        return stop;
    }

    public boolean isStopping() {
        return stop.isDone();
    }

    /** Waits so long, or until the node is to stop; true then. */
    public boolean awaitStop(Duration atMost) throws InterruptedException {
        try {
            String _ = stop.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }

    /** Everything is put back: the JVM may end. */
    @Override
    public void close() {
        finished.countDown();
    }
}

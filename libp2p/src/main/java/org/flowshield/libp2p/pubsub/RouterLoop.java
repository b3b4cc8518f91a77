package org.flowshield.libp2p.pubsub;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.mesh.Effect;
import org.flowshield.libp2p.pubsub.mesh.Event;
import org.flowshield.libp2p.pubsub.mesh.Router;
import org.flowshield.libp2p.pubsub.wire.Rpc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a router: one event after the other, each on the thread that brings it. Its lock is the
 * mailbox: fair, so that no peer's reader overtakes another's, and bounded, because a thread brings
 * one event at a time.
 */
final class RouterLoop {

    private static final Logger LOG = LoggerFactory.getLogger(RouterLoop.class);

    /** The first heartbeat builds the meshes; nobody wants to wait for a whole one (go-libp2p). */
    private static final Duration FIRST_HEARTBEAT = Duration.ofMillis(100);

    /** Guards the router; held while an event is handled, which waits for nothing. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private final Condition changed = lock.newCondition();
    private final Router router;
    private final LongSupplier nanoTime;
    private final Consumer<Effect> perform;

    /** Virtual threads, as many as messages may be pending, and one for the heartbeat. */
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private boolean closed;

    RouterLoop(Router router, LongSupplier nanoTime, Consumer<Effect> perform) {
        this.router = router;
        this.nanoTime = nanoTime;
        this.perform = perform;
    }

    void start(Duration heartbeat) {
        run(
                () -> {
                    for (long wait = FIRST_HEARTBEAT.toNanos();
                            !awaitClosed(wait);
                            wait = heartbeat.toNanos()) {
                        tell(new Event.Heartbeat());
                    }
                });
    }

    private boolean awaitClosed(long nanos) throws InterruptedException {
        long end = nanoTime.getAsLong() + nanos;
        lock.lockInterruptibly();
        try {
            for (long left = nanos; !closed && left > 0; left = end - nanoTime.getAsLong()) {
                long _ = changed.awaitNanos(left);
            }
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Work that may wait. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    /** Starts work on a virtual thread of its own; after the end, nothing. */
    void run(Work work) {
        try {
            threads.execute(
                    () -> {
                        try {
                            work.run();
                        } catch (InterruptedException _) {
                            Thread.currentThread().interrupt();
                        } catch (RuntimeException | Error e) {
                            LOG.error("pubsub failed at a part of its work", e);
                            throw e;
                        }
                    });
        } catch (RejectedExecutionException e) {
            LOG.debug("pubsub has closed: {}", e.getMessage());
        }
    }

    /** Handles an event and has its effects performed, which are given as well. */
    List<Effect> tell(Event event) {
        lock.lock();
        try {
            return handle(event);
        } finally {
            lock.unlock();
        }
    }

    private List<Effect> handle(Event event) {
        if (closed) {
            return List.of();
        }
        List<Effect> effects = router.next(event, nanoTime.getAsLong());
        effects.forEach(perform);
        changed.signalAll();
        return effects;
    }

    /** What a peer said, as soon as not too much of it is still being looked at. */
    void received(PeerId peer, Rpc rpc, int bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (router.isBusyWith(peer) && !closed) {
                changed.await();
            }
            handle(new Event.Received(peer, rpc, bytes));
        } finally {
            lock.unlock();
        }
    }

    <T> T ask(Function<Router, T> question) {
        lock.lock();
        try {
            return question.apply(router);
        } finally {
            lock.unlock();
        }
    }

    /** Asks until the answer is good enough, or the time is over. */
    <T> T await(Function<Router, T> question, Predicate<T> enough, Duration limit)
            throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            T answer = question.apply(router);
            while (!enough.test(answer) && !closed && left > 0) {
                left = changed.awaitNanos(left);
                answer = question.apply(router);
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return ask(_ -> closed);
    }

    /** Handles nothing more; interrupts what goes on. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        List<Runnable> _ = threads.shutdownNow();
        try {
            if (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("pubsub is closed, but a validator goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

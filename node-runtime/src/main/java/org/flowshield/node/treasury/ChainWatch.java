package org.flowshield.node.treasury;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.chain.RpcException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the chain again and again, so that nobody who asks how the node stands has to wait for
 * it. One virtual thread; any thread may call.
 */
final class ChainWatch implements AutoCloseable {

    /** A block takes 2 to 12 s; a purse seldom changes by itself. */
    private static final Duration EVERY = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(ChainWatch.class);

    /** Asks the chain. */
    @FunctionalInterface
    interface Look {
        ChainView.Facts look() throws RpcException, InterruptedException;
    }

    private final Look look;
    private final Runnable changed;
    private final Semaphore due = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("chain-watch").unstarted(this::run);
    private volatile ChainView view = ChainView.UNKNOWN;

    /**
     * Begins with {@link #start}.
     *
     * @param changed called after each look, on the thread that looks
     */
    ChainWatch(Look look, Runnable changed) {
        this.look = look;
        this.changed = changed;
    }

    void start() {
        thread.start();
    }

    ChainView view() {
        return view;
    }

    /** Something has just changed: looks soon. */
    void soon() {
        due.release();
    }

    private void run() {
        try {
            while (!thread.isInterrupted()) {
                step();
                changed.run();
                boolean _ = due.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS);
                int _ = due.drainPermits();
            }
        } catch (InterruptedException e) {
            LOG.debug("the chain is no longer watched");
        }
    }

    private void step() throws InterruptedException {
        ChainView before = view;
        try {
            view = ChainView.of(look.look());
            if (before.trouble().isPresent()) {
                LOG.info("the chain answers again");
            }
        } catch (RpcException e) {
            if (thread.isInterrupted()) {
                return; // it is being stopped
            }
            view = before.failed(e);
            if (before.trouble().isEmpty()) {
                LOG.warn(
                        "the chain does not answer: {}; open channels go on, nothing new gets on"
                                + " the chain until it does",
                        e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}

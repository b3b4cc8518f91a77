package org.flowshield.libp2p.host;

import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A time limit for blocking work on a stream: when it is over the stream is reset, which wakes
 * whoever waits on it. Any thread.
 */
public final class Deadline {

    private Deadline() {}

    /** Work on a stream. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Does the work.
     *
     * @throws PeerTimeoutException if it failed because the limit was over
     * @throws IOException whatever else the work throws
     */
    public static <T> T within(Duration limit, Stream stream, Work<T> work) throws IOException {
        AtomicBoolean over = new AtomicBoolean();
        Future<?> timer =
                stream.channel()
                        .eventLoop()
                        .schedule(
                                () -> {
                                    over.set(true);
                                    stream.reset();
                                },
                                limit.toNanos(),
                                TimeUnit.NANOSECONDS);
        try {
            return work.run();
        } catch (IOException e) {
            if (over.get()) {
                throw new PeerTimeoutException(limit, e);
            }
            throw e;
        } finally {
            timer.cancel(false);
        }
    }
}

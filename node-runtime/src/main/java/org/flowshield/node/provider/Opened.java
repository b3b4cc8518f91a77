package org.flowshield.node.provider;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was opened one on top of the other, closed in the reverse order. One that can't be closed
 * does not keep the others from it. Guarded by itself.
 */
final class Opened implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

    private final Deque<AutoCloseable> all = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T resource) {
        all.push(resource);
        return resource;
    }

    /** Idempotent. Not cut short by an interrupt, which stays for later. */
    @Override
    public synchronized void close() {
        boolean interrupted = Thread.interrupted();
        while (!all.isEmpty()) {
            try {
                all.pop().close();
            } catch (Exception e) {
                LOG.error("not everything could be put back; run: flowshield cleanup", e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

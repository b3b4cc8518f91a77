package org.flowshield.node.api.http;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.flowshield.node.api.Node;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.json.ApiJson;
import org.flowshield.node.api.json.Section;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples of a node's status for all who watch it: at once after a change, else once a second for
 * the counters, and not at all while nobody watches. A watcher takes the newest sample when it
 * comes to it; what it missed meanwhile is lost, so that a slow one costs nothing and delays
 * nobody. One virtual thread samples.
 */
final class StatusFeed implements AutoCloseable {

    /** Each is a connection, a virtual thread and one encoded status. */
    static final int MAX_WATCHERS = 64;

    /** How often counters are told. */
    static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A storm of changes becomes at most twenty samples a second. */
    static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final Logger LOG = LoggerFactory.getLogger(StatusFeed.class);

    /** A status, each section of it encoded once for all watchers. Immutable. */
    record Sample(long number, NodeStatus status, Map<Section, String> sections) {}

    private final Node node;
    private final Node.Subscription subscription;
    private final Thread sampler;

    /** Protects all below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition wanted = lock.newCondition();
    private final Condition sampled = lock.newCondition();
    private int watchers;
    private boolean changed;
    private boolean closed;
    private long begun;
    private long failed;
    private @Nullable Sample newest;

    StatusFeed(Node node) {
        this.node = node;
        this.subscription = node.watch(this::onChange);
        this.sampler = Thread.ofVirtual().name("api-status").start(this::run);
    }

    /** Begins to watch; null if too many do already. */
    @Nullable Watch open() {
        lock.lock();
        try {
            if (watchers >= MAX_WATCHERS || closed) {
                return null;
            }
            watchers++;
            changed = true;
            wanted.signal();
            return new Watch(begun);
        } finally {
            lock.unlock();
        }
    }

    /** Ends all watches. */
    @Override
    public void close() {
        subscription.close();
        lock.lock();
        try {
            closed = true;
            wanted.signal();
            sampled.signalAll();
        } finally {
            lock.unlock();
        }
        sampler.interrupt();
    }

    private void onChange() {
        lock.lock();
        try {
            changed = true;
            wanted.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (awaitNeed()) {
                sample();
                TimeUnit.NANOSECONDS.sleep(GAP_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Waits until somebody watches and there may be something new; false when closed. */
    private boolean awaitNeed() throws InterruptedException {
        lock.lock();
        try {
            long left = TICK_NANOS;
            while (!closed && (watchers == 0 || (!changed && left > 0))) {
                if (watchers == 0) {
                    wanted.await();
                } else {
                    left = wanted.awaitNanos(left);
                }
            }
            changed = false;
            begun++;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void sample() {
        Sample sample = null;
        try {
            sample = encode(node.status());
        } catch (RuntimeException e) {
            LOG.error("the node can't tell its status: who watches it is cut off", e);
        }
        lock.lock();
        try {
            if (sample == null) {
                failed = begun;
            } else {
                newest = sample;
            }
            sampled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Sample encode(NodeStatus status) {
        Map<Section, String> sections = new EnumMap<>(Section.class);
        for (Section section : Section.values()) {
            sections.put(section, ApiJson.strict().writeValueAsString(section.of(status)));
        }
        return new Sample(begun, status, sections);
    }

    /** One watcher's place; for use by one thread. */
    final class Watch implements AutoCloseable {

        private long seen;

        private Watch(long seen) {
            this.seen = seen;
        }

        /**
         * Waits for a sample that was begun after the last one that this watcher took, and for the
         * first time after it began to watch. Null when the feed is closed or the node failed.
         */
        @Nullable Sample next() throws InterruptedException {
            lock.lock();
            try {
                while (!closed && failed <= seen) {
                    Sample sample = newest;
                    if (sample != null && sample.number() > seen) {
                        seen = sample.number();
                        return sample;
                    }
                    sampled.await();
                }
                return null;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                watchers--;
            } finally {
                lock.unlock();
            }
        }
    }
}

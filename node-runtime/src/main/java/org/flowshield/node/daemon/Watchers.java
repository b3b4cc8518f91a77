package org.flowshield.node.daemon;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flowshield.node.api.Node.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells watchers that something changed. Each has a virtual thread of its own; changes that come
 * while it is busy are told once. Any thread may call; nothing waits.
 */
final class Watchers {

    private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);

    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

    private final class Watcher implements Subscription {

        private final Runnable listener;
        private final AtomicBoolean pending = new AtomicBoolean();
        private final Semaphore due = new Semaphore(0);
        private final Thread thread;

        Watcher(Runnable listener) {
            this.listener = listener;
            thread = Thread.ofVirtual().name("watcher").unstarted(this::run);
        }

        void changed() {
            if (pending.compareAndSet(false, true)) {
                due.release();
            }
        }

        private void run() {
            try {
                while (watchers.contains(this)) {
                    due.acquire();
                    pending.set(false);
                    listener.run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // nobody watches any more
            } catch (RuntimeException e) {
                LOG.error("a watcher failed and is told no more", e);
                watchers.remove(this);
            }
        }

        @Override
        public void close() {
            if (watchers.remove(this)) {
                thread.interrupt();
            }
        }
    }

    Subscription add(Runnable listener) {
        Watcher watcher = new Watcher(listener);
        watchers.add(watcher);
        watcher.thread.start();
        return watcher;
    }

    void changed() {
        watchers.forEach(Watcher::changed);
    }

    void close() {
        watchers.forEach(Watcher::close);
    }
}

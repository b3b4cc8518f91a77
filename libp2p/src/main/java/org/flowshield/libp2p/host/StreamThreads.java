package org.flowshield.libp2p.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The virtual threads that serve a host's inbound streams and observe its connections: as many as
 * those at most. Any thread.
 */
final class StreamThreads {

    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    void start(String name, Runnable work) {
        Thread thread =
                Thread.ofVirtual()
                        .name(name)
                        .unstarted(
                                () -> {
                                    try {
                                        work.run();
                                    } finally {
                                        running.remove(Thread.currentThread());
                                    }
                                });
        running.add(thread);
        thread.start();
    }

    /**
     * Waits until all have ended, but for the caller's own. Those that have not when the grace is
     * over are interrupted, and waited for as long again.
     *
     * @return the names of those that go on nevertheless
     */
    List<String> end(Duration grace) throws InterruptedException {
        if (!join(grace)) {
            others().forEach(Thread::interrupt);
            join(grace);
        }
        return others().stream().map(Thread::getName).sorted().toList();
    }

    private boolean join(Duration grace) throws InterruptedException {
        long end = System.nanoTime() + grace.toNanos();
        for (Thread thread : others()) {
            long left = end - System.nanoTime();
            if (left <= 0 || !thread.join(Duration.ofNanos(left))) {
                return false;
            }
        }
        return true;
    }

    private List<Thread> others() {
        List<Thread> others = new ArrayList<>(running);
        others.remove(Thread.currentThread());
        return others;
    }
}

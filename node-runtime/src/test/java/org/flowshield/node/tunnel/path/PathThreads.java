package org.flowshield.node.tunnel.path;

import java.util.HashSet;
import java.util.Set;

/** The threads that a test's paths have started since it was made. */
final class PathThreads {

    private static final Set<String> NAMES =
            Set.of("path-send", "path-receive", "session-receive", "lane-relief");

    private final Set<Thread> before = running();

    private static Set<Thread> running() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !NAMES.contains(thread.getName()));
        return threads;
    }

    /** Those that still run. */
    Set<Thread> alive() {
        Set<Thread> threads = running();
        threads.removeAll(before);
        return threads;
    }

    /** Waits until each has ended; one that never does is what the test's time limit is for. */
    void awaitEnd() throws InterruptedException {
        for (Thread thread : alive()) {
            thread.join();
        }
    }
}

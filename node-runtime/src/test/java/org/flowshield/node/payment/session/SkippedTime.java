package org.flowshield.node.payment.session;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The system's monotonic clock, with some time skipped when a test does not want to wait. */
final class SkippedTime {

    private final AtomicLong skipped = new AtomicLong();

    long nanoTime() {
        return System.nanoTime() + skipped.get();
    }

    void skip(Duration time) {
        skipped.addAndGet(time.toNanos());
    }
}

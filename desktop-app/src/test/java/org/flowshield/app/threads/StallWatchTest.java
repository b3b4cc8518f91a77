package org.flowshield.app.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.app.testkit.Toolkit;
import org.junit.jupiter.api.Test;

/** The watch sees what it is there to see. */
final class StallWatchTest {

    private static final Duration HELD = Duration.ofMillis(300);

    @Test
    void a_thread_that_is_held_up_is_seen() {
        Toolkit.start();
        try (StallWatch watch = new StallWatch()) {
            Toolkit.run(
                    () -> {
                        long until = System.nanoTime() + HELD.toNanos();
                        while (System.nanoTime() < until) {
                            LockSupport.parkNanos(until - System.nanoTime());
                        }
                    });
            Toolkit.settle();
            long seen = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (watch.longest().compareTo(HELD.dividedBy(2)) < 0 && System.nanoTime() < seen) {
                Toolkit.settle();
            }
            assertThat(watch.longest()).isGreaterThan(HELD.dividedBy(2));
        }
    }
}

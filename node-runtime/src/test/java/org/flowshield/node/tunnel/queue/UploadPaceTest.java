package org.flowshield.node.tunnel.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class UploadPaceTest {

    private final AtomicLong clock = new AtomicLong();

    private static void noWait() {
        Assertions.fail("there was nothing to wait for");
    }

    private UploadPace pace(Rate own, Rate total) {
        return new UploadPace(own, new UploadPace.Total(total, clock.get()), clock::get);
    }

    @Test
    void does_not_wait_below_the_rates() {
        UploadPace pace = pace(new Rate(1_000_000), new Rate(1_000_000));
        for (int i = 0; i < 1000; i++) {
            pace.await(1000, UploadPaceTest::noWait);
            clock.addAndGet(1_000_000);
        }
    }

    @Test
    void waits_for_what_all_sessions_owe() throws Exception {
        Rate total = new Rate(10_000_000);
        UploadPace.Total shared = new UploadPace.Total(total, clock.get());
        UploadPace one = new UploadPace(Rate.UNLIMITED, shared, clock::get);
        UploadPace other = new UploadPace(Rate.UNLIMITED, shared, clock::get);
        one.await(300_000, UploadPaceTest::noWait); // all of the burst, and more
        CountDownLatch waits = new CountDownLatch(1);
        FutureTask<Boolean> lane =
                new FutureTask<>(() -> other.await(100_000, waits::countDown), true);

        Thread.ofPlatform().start(lane);
        waits.await();
        assertThat(lane.isDone()).isFalse();
        clock.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(lane.get()).isTrue();
    }

    @Test
    void closing_wakes_who_waits_and_lets_nobody_wait_again() throws Exception {
        UploadPace pace = pace(new Rate(Rate.LEAST), Rate.UNLIMITED);
        CountDownLatch waits = new CountDownLatch(1);
        FutureTask<Boolean> lane =
                new FutureTask<>(() -> pace.await(1_000_000_000, waits::countDown), true);
        pace.await(1_000_000_000, UploadPaceTest::noWait); // the burst
        Thread.ofPlatform().start(lane);
        FutureTask<Boolean> sibling =
                new FutureTask<>(() -> pace.await(1, UploadPaceTest::noWait), true);
        waits.await();
        Thread.ofPlatform().start(sibling);

        pace.close();

        assertThat(lane.get()).isTrue();
        assertThat(sibling.get()).isTrue();
        pace.await(1_000_000_000, UploadPaceTest::noWait);
    }
}

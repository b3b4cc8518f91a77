package org.flowshield.app.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Seconds are told until they are not wanted any more. */
@Timeout(60)
final class SecondsTest {

    private final Semaphore said = new Semaphore(0);

    @Test
    void they_are_told_again_and_again_and_anew_after_a_stop() throws InterruptedException {
        Seconds seconds = new Seconds(Runnable::run, said::release);
        seconds.start();
        seconds.start();
        said.acquire(2);
        seconds.stop();
        seconds.stop();
        seconds.start();
        said.acquire();
        seconds.stop();
    }

    @Test
    void what_was_on_its_way_when_they_were_stopped_is_not_told() throws InterruptedException {
        AtomicReference<Runnable> onItsWay = new AtomicReference<>();
        Semaphore arrived = new Semaphore(0);
        Seconds seconds =
                new Seconds(
                        job -> {
                            onItsWay.set(job);
                            arrived.release();
                        },
                        said::release);
        seconds.start();
        arrived.acquire();
        seconds.stop();
        onItsWay.get().run();
        assertThat(said.availablePermits()).isZero();
    }
}

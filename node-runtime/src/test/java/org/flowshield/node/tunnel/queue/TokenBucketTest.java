package org.flowshield.node.tunnel.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TokenBucketTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Rate MEGABYTE = new Rate(1_000_000);

    /** Clocks begin anywhere, and wrap. */
    private static final long START = Long.MAX_VALUE - SECOND;

    @Test
    void lets_a_burst_pass_and_then_makes_wait_for_what_was_taken() {
        TokenBucket bucket = new TokenBucket(MEGABYTE, START);
        assertThat(bucket.isReady(START)).isTrue();

        bucket.take(20_000, START);
        assertThat(bucket.isReady(START)).isTrue();
        bucket.take(100_000, START);

        assertThat(bucket.untilReady(START)).isEqualTo(SECOND / 10);
        assertThat(bucket.isReady(START + SECOND / 10 - 1)).isFalse();
        assertThat(bucket.isReady(START + SECOND / 10)).isTrue();
    }

    @Test
    void forgets_what_was_not_used_beyond_the_burst() {
        TokenBucket bucket = new TokenBucket(MEGABYTE, 0);
        long later = 100 * SECOND;
        bucket.take(20_000 + 1_000, later);
        assertThat(bucket.untilReady(later)).isEqualTo(SECOND / 1000);
    }

    @Test
    void keeps_its_rate_whatever_is_taken_whenever() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            TokenBucket bucket = new TokenBucket(MEGABYTE, 0);
            long now = 0;
            long taken = 0;
            while (now < 100 * SECOND) {
                if (bucket.isReady(now)) {
                    int bytes = 1 + random.nextInt(65_575);
                    bucket.take(bytes, now);
                    taken += bytes;
                }
                now += 1 + random.nextInt((int) TokenBucket.BURST / 4);
            }
            assertThat(taken).as("seed %d", seed).isBetween(99_000_000L, 100_200_000L);
        }
    }

    @Test
    void without_a_limit_it_is_always_ready() {
        TokenBucket bucket = new TokenBucket(Rate.UNLIMITED, START);
        for (int i = 0; i < 1000; i++) {
            bucket.take(Integer.MAX_VALUE, START + i);
            assertThat(bucket.isReady(START + i)).isTrue();
        }
    }

    @Test
    void a_rate_of_nothing_is_refused() {
        assertThatThrownBy(() -> new Rate(0)).isInstanceOf(IllegalArgumentException.class);
    }
}

package org.flowshield.tun.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.TunSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RingCapacityTest {

    private static int capacity(int mtu, int packets) {
        return RingCapacity.of(TunSettings.of("fs0", mtu, Offloads.NONE).withQueueLength(packets));
    }

    @ParameterizedTest
    @CsvSource({
        "1420, 1, 0x20000",
        "1420, 92, 0x20000",
        "1420, 93, 0x40000",
        "1020, 128, 0x20000",
        "1020, 129, 0x40000",
        "1420, 1000, 0x200000",
        "65535, 1023, 0x4000000",
        "65535, 2147483647, 0x4000000"
    })
    void is_the_smallest_that_holds_the_queue(int mtu, int packets, String capacity) {
        assertThat(capacity(mtu, packets)).isEqualTo(Integer.decode(capacity));
    }

    @Test
    void is_always_one_that_the_driver_takes() {
        long seed = 5;
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            int mtu = 576 + random.nextInt(65_535 - 575);
            int packets = 1 + random.nextInt(1 << (1 + random.nextInt(30)));
            int capacity = capacity(mtu, packets);
            assertThat(Integer.bitCount(capacity)).as("seed %d, %d", seed, i).isEqualTo(1);
            assertThat(capacity).isBetween(128 * 1024, 64 * 1024 * 1024);
        }
    }
}

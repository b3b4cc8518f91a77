package org.flowshield.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

final class ReceiveWindowTest {

    private static final long MILLISECOND = 1_000_000;
    private static final IntUnaryOperator ALL = IntUnaryOperator.identity();

    private final ReceiveWindow window = new ReceiveWindow(0);

    private static int noGrowth(int wanted) {
        return 0;
    }

    @Test
    void allows_256_KiB_and_not_a_byte_more() {
        assertThat(window.receive(256 * 1024)).isTrue();
        assertThat(window.receive(1)).isFalse();
    }

    @Test
    void grants_nothing_for_bytes_that_were_not_consumed() {
        window.receive(200_000);

        assertThat(window.consume(100_000, 0, 0, ReceiveWindowTest::noGrowth)).isZero();
        assertThat(window.open()).isEqualTo(256 * 1024 - 200_000);
    }

    @Test
    void grants_what_was_consumed_once_it_is_half() {
        window.receive(200_000);

        assertThat(window.consume(131_072, 0, 0, ReceiveWindowTest::noGrowth)).isEqualTo(131_072);
    }

    @Test
    void doubles_when_used_up_within_four_round_trips() {
        window.receive(256 * 1024);

        assertThat(window.consume(256 * 1024, 39 * MILLISECOND, 10 * MILLISECOND, ALL))
                .isEqualTo(512 * 1024);
        assertThat(window.size()).isEqualTo(512 * 1024);
    }

    @Test
    void keeps_its_size_when_used_up_slowly_or_when_the_round_trip_is_unknown() {
        window.receive(256 * 1024);
        window.consume(128 * 1024, 40 * MILLISECOND, 10 * MILLISECOND, ALL);
        window.consume(128 * 1024, 40 * MILLISECOND, 0, ALL);

        assertThat(window.size()).isEqualTo(256 * 1024);
    }

    @Test
    void grows_to_16_MiB_and_within_the_budget_of_its_connection() {
        for (int i = 0; i < 20; i++) {
            int open = window.open();
            window.receive(open);
            window.consume(open, 0, MILLISECOND, ALL);
        }
        assertThat(window.size()).isEqualTo(16 * 1024 * 1024);

        ReceiveWindow poor = new ReceiveWindow(0);
        poor.receive(256 * 1024);
        poor.consume(256 * 1024, 0, MILLISECOND, wanted -> Math.min(wanted, 1000));
        assertThat(poor.size()).isEqualTo(256 * 1024 + 1000);
    }
}

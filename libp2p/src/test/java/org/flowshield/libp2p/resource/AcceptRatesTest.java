package org.flowshield.libp2p.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AcceptRatesTest {

    private static final long SECOND = 1_000_000_000;

    private final AcceptRates rates = new AcceptRates(8, 40);

    /** Near the end of its range, because a monotonic clock may stand anywhere. */
    private long now = Long.MAX_VALUE - 2 * SECOND;

    @Test
    void admits_a_burst_and_then_the_rate() {
        assertThat(admitted(1, 1000)).isEqualTo(40);
        now += SECOND;
        assertThat(admitted(1, 1000)).isEqualTo(8);
        now += SECOND / 8;
        assertThat(admitted(1, 1000)).isEqualTo(1);
    }

    @Test
    void origins_do_not_hinder_each_other() {
        admitted(1, 1000);

        assertThat(admitted(2, 1000)).isEqualTo(40);
    }

    @Test
    void a_bucket_is_full_again_after_a_while_and_never_more_than_full() {
        admitted(1, 1000);
        now += 3600 * SECOND;

        assertThat(admitted(1, 1000)).isEqualTo(40);
    }

    @Test
    void forgets_origins_whose_bucket_is_full() {
        for (int i = 0; i < 1000; i++) {
            rates.admit(origin(i), now);
        }
        assertThat(rates.tracked()).isEqualTo(1000);
        now += SECOND;
        rates.admit(origin(5000), now);

        assertThat(rates.tracked()).isEqualTo(1);
    }

    @Test
    void remembers_no_more_origins_than_it_says() {
        for (int i = 0; i < 3 * AcceptRates.TRACKED; i++) {
            rates.admit(origin(i), now);
        }

        assertThat(rates.tracked()).isEqualTo(AcceptRates.TRACKED);
    }

    @Test
    void tells_how_busy_the_busiest_is() {
        admitted(1, 3);
        admitted(2, 12);

        assertThat(rates.busiest(now)).isEqualTo(12);
        now += SECOND;
        assertThat(rates.busiest(now)).isEqualTo(4);
    }

    private int admitted(int origin, int attempts) {
        int admitted = 0;
        for (int i = 0; i < attempts; i++) {
            admitted += rates.admit(origin(origin), now) ? 1 : 0;
        }
        return admitted;
    }

    private static Origin origin(int number) {
        return new Origin(true, number);
    }
}

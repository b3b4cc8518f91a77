package org.flowshield.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PingTest {

    private static final String REPORT =
            """
            PING 192.0.2.2 (192.0.2.2) 56(84) bytes of data.
            64 bytes from 192.0.2.2: icmp_seq=1 ttl=62 time=9.00 ms
            64 bytes from 192.0.2.2: icmp_seq=2 ttl=62 time=0.100 ms
            64 bytes from 192.0.2.2: icmp_seq=4 ttl=62 time=0.300 ms

            --- 192.0.2.2 ping statistics ---
            4 packets transmitted, 3 received, 25% packet loss, time 30ms
            """;

    @Test
    void the_first_echoes_are_left_out_and_lost_ones_do_not_count() throws Exception {
        Ping.RoundTrips trips = Ping.parse(REPORT, 1);
        assertThat(trips.mean()).isCloseTo(0.2, within(1e-9));
        assertThat(trips.p50()).isCloseTo(0.2, within(1e-9));
        assertThat(trips.p99()).isCloseTo(0.298, within(1e-9));
    }

    @Test
    void silence_is_an_error_and_not_a_fast_network() {
        assertThatThrownBy(() -> Ping.parse("4 packets transmitted, 0 received", 0))
                .isInstanceOf(MalformedReportException.class);
    }
}

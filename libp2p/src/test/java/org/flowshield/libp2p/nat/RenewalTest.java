package org.flowshield.libp2p.nat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RenewalTest {

    @Test
    void is_when_half_of_the_lease_is_over_within_bounds() throws Exception {
        assertThat(after(Duration.ofMinutes(10))).isEqualTo(Duration.ofMinutes(5));
        assertThat(after(Duration.ofHours(24))).isEqualTo(Renewal.LATEST);
        assertThat(after(Duration.ZERO)).isEqualTo(Renewal.LATEST);
        assertThat(after(Duration.ofSeconds(1))).isEqualTo(Renewal.SOONEST);
    }

    @Test
    void waits_longer_after_each_failure() {
        assertThat(Renewal.afterFailures(1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(Renewal.afterFailures(3)).isEqualTo(Duration.ofMinutes(4));
        assertThat(Renewal.afterFailures(1000)).isEqualTo(Duration.ofMinutes(15));
    }

    private static Duration after(Duration lifetime) throws Exception {
        return Renewal.after(new Lease(InetAddress.getByName("9.9.9.9"), 1, lifetime));
    }
}

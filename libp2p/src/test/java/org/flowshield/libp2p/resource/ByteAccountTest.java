package org.flowshield.libp2p.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ByteAccountTest {

    private static final int GRAIN = ByteAccount.GRAIN;

    private final Gauge host = new Gauge(10L * GRAIN);
    private final ByteAccount account = new ByteAccount(host, 6L * GRAIN);
    private final ByteAccount other = new ByteAccount(host, 20L * GRAIN);

    @Test
    void the_first_grain_costs_the_host_nothing() {
        account.add(GRAIN);
        assertThat(host.used()).isZero();

        account.add(1);
        assertThat(host.used()).isEqualTo(2L * GRAIN);
    }

    @Test
    void what_is_given_back_is_given_back_to_the_byte() {
        Random random = new Random(7);
        long held = 0;
        for (int i = 0; i < 10_000; i++) {
            long change = random.nextLong(-held, 5L * GRAIN - held + 1);
            account.add(change);
            held += change;
            assertThat(account.used()).isEqualTo(held);
            assertThat(host.used()).isBetween(held <= GRAIN ? 0 : held, held + GRAIN - 1);
        }
        account.add(-held);

        assertThat(account.used()).isZero();
        assertThat(host.used()).isZero();
    }

    @Test
    void a_connection_has_a_bound_of_its_own() {
        account.add(6L * GRAIN - 10);

        assertThat(account.withinOwnBound(10)).isTrue();
        assertThat(account.withinOwnBound(11)).isFalse();
        assertThat(account.withinHostBound(11)).isTrue();
    }

    @Test
    void little_is_allowed_even_when_others_have_used_up_the_budget() {
        other.add(10L * GRAIN);

        assertThat(account.withinHostBound(GRAIN)).isTrue();
        assertThat(account.withinHostBound(GRAIN + 1)).isFalse();
        other.add(-GRAIN);
        assertThat(account.withinHostBound(GRAIN + 1)).isTrue();
    }
}

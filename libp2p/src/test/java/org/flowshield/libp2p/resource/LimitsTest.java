package org.flowshield.libp2p.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LimitsTest {

    @Test
    void are_the_standard_ones_unless_changed() {
        Limits changed = Limits.DEFAULT.with(Limit.STREAMS_PER_PEER, 7);

        assertThat(changed.of(Limit.STREAMS_PER_PEER)).isEqualTo(7);
        assertThat(changed.of(Limit.HANDSHAKES)).isEqualTo(Limit.HANDSHAKES.standard());
        assertThat(Limits.DEFAULT.of(Limit.STREAMS_PER_PEER)).isEqualTo(512);
        assertThat(changed.values()).containsOnlyKeys(Limit.values());
    }

    @Test
    void exempt_loopback_unless_told_otherwise() {
        Limits counted = Limits.DEFAULT.withLoopbackCounted();

        assertThat(Limits.DEFAULT.loopbackExempt()).isTrue();
        assertThat(counted.with(Limit.BANS, 5).loopbackExempt()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE})
    void must_be_numbers_that_make_sense(long value) {
        assertThatThrownBy(() -> Limits.DEFAULT.with(Limit.CONNECTIONS_INBOUND, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("connections-inbound");
    }

    @Test
    void leave_room_for_two_hundred_clients_with_five_connections_each() {
        assertThat(Limit.CONNECTIONS_INBOUND.standard()).isGreaterThanOrEqualTo(1000);
        assertThat(Limit.CONNECTIONS_PER_PEER.standard()).isGreaterThanOrEqualTo(2 * 5);
    }
}

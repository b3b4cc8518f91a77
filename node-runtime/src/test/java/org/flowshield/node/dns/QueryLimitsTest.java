package org.flowshield.node.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

final class QueryLimitsTest {

    private static final InetAddress ONE = InetAddress.ofLiteral("100.64.0.2");

    private final QueryLimits limits = new QueryLimits();

    @Test
    void one_asker_does_not_take_the_places_of_others() {
        for (int i = 0; i < QueryLimits.MOST_OF_ONE; i++) {
            assertThat(limits.begin(ONE)).isTrue();
        }
        assertThat(limits.begin(ONE)).isFalse();
        assertThat(limits.begin(InetAddress.ofLiteral("100.64.0.3"))).isTrue();
        limits.end(ONE);
        assertThat(limits.begin(ONE)).isTrue();
    }

    @Test
    void all_together_are_limited_too() {
        for (int i = 0; i < QueryLimits.MOST; i++) {
            assertThat(limits.begin(InetAddress.ofLiteral("fd00::" + Integer.toHexString(i))))
                    .isTrue();
        }
        assertThat(limits.begin(ONE)).isFalse();
        assertThat(limits.all()).isEqualTo(QueryLimits.MOST);
    }

    @Test
    void nothing_ends_that_did_not_begin() {
        assertThatThrownBy(() -> limits.end(ONE)).isInstanceOf(IllegalStateException.class);
    }
}

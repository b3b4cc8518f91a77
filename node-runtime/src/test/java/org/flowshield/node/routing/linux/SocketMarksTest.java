package org.flowshield.node.routing.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SocketMarksTest {

    @Test
    void root_may_mark_and_a_user_may_not() {
        assertThat(SocketMarks.mayMark(List.of("Name:\tjava", "CapEff:\t000001ffffffffff")))
                .isTrue();
        assertThat(SocketMarks.mayMark(List.of("Name:\tjava", "CapEff:\t0000000000000000")))
                .isFalse();
    }

    @Test
    void the_right_to_change_the_network_is_enough() {
        assertThat(SocketMarks.mayMark(List.of("CapEff:\t0000000000001000"))).isTrue();
        assertThat(SocketMarks.mayMark(List.of("CapEff:\t0000000000002000"))).isFalse();
    }
}

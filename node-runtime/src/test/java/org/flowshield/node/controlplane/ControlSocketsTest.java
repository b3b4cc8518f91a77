package org.flowshield.node.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.flowshield.node.client.ControlPlane.Way;
import org.junit.jupiter.api.Test;

final class ControlSocketsTest {

    private static final int MARK = 7;

    private final ControlSockets sockets = new ControlSockets(MARK);
    private final AtomicInteger changes = new AtomicInteger();

    ControlSocketsTest() {
        sockets.onChange(changes::incrementAndGet);
    }

    @Test
    void all_but_those_through_a_tunnel_are_marked() {
        assertThat(sockets.mark()).isEqualTo(MARK);
        sockets.goes(Way.MARKED);
        assertThat(sockets.mark()).isEqualTo(MARK);
        sockets.goes(Way.INSIDE);
        assertThat(sockets.mark()).isZero();
        sockets.goes(Way.INSIDE);
        assertThat(changes).hasValue(2);
    }

    @Test
    void a_tunnel_that_lets_nothing_through_is_left_until_the_client_connects_anew() {
        sockets.goes(Way.INSIDE);
        sockets.leaveTunnel();
        assertThat(sockets.mark()).isEqualTo(MARK);
        assertThat(sockets.way()).isEqualTo(Way.MARKED);
        sockets.leaveTunnel();
        assertThat(changes).hasValue(2);

        sockets.goes(Way.MARKED);
        sockets.goes(Way.INSIDE);
        assertThat(sockets.mark()).isZero();
    }

    @Test
    void who_is_in_no_tunnel_leaves_none() {
        sockets.goes(Way.MARKED);
        sockets.leaveTunnel();
        assertThat(changes).hasValue(1);
        sockets.goes(Way.INSIDE);
        assertThat(sockets.mark()).isZero();
    }
}

package org.flowshield.libp2p.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

final class AcceptBrakeTest {

    private final AcceptBrake brake = new AcceptBrake();
    private final EmbeddedChannel listener = new EmbeddedChannel(brake);

    @Test
    void no_more_are_accepted_while_many_were_not_looked_at() {
        accept(AcceptBrake.AT_A_TIME - 1);
        assertThat(listener.config().isAutoRead()).isTrue();
        accept(1);
        assertThat(listener.config().isAutoRead()).isFalse();
    }

    @Test
    void when_one_was_looked_at_the_next_is_accepted() {
        accept(AcceptBrake.AT_A_TIME);
        lookAt(1);
        assertThat(listener.config().isAutoRead()).isTrue();
        accept(1);
        assertThat(listener.config().isAutoRead()).isFalse();
    }

    @Test
    void who_was_accepted_beyond_that_is_waited_for_too() {
        accept(AcceptBrake.AT_A_TIME + 5); // read at once by the listener
        lookAt(5);
        assertThat(listener.config().isAutoRead()).isFalse();
        lookAt(1);
        assertThat(listener.config().isAutoRead()).isTrue();
    }

    private void accept(int connections) {
        for (int i = 0; i < connections; i++) {
            listener.writeInbound("connection " + i);
        }
    }

    private void lookAt(int connections) {
        for (int i = 0; i < connections; i++) {
            brake.lookedAt(listener);
            listener.runPendingTasks();
        }
    }
}

package org.flowshield.contracts.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.Rejection;
import org.junit.jupiter.api.Test;

final class NonceLineTest {

    private final NonceLine line = new NonceLine();

    @Test
    void gives_each_number_once() throws RejectedException {
        assertThat(line.take(5)).isEqualTo(5);
        assertThat(line.take(5)).isEqualTo(6);
        assertThat(line.take(7)).isEqualTo(7);
    }

    @Test
    void fills_the_gap_of_a_number_that_was_given_back() throws RejectedException {
        line.take(5);
        line.take(5);
        line.giveBack(5);
        assertThat(line.take(5)).isEqualTo(5);
        assertThat(line.take(5)).isEqualTo(7);
    }

    @Test
    void does_not_believe_a_node_that_lags_behind() throws RejectedException {
        line.take(5);
        line.done(5);
        assertThat(line.take(4)).isEqualTo(6);
    }

    @Test
    void lets_no_more_wait_than_nodes_keep() throws RejectedException {
        for (int i = 0; i < NonceLine.MAX_WAITING; i++) {
            line.take(0);
        }
        RejectedException e = catchThrowableOfType(RejectedException.class, () -> line.take(0));
        assertThat(e.rejection().kind()).isEqualTo(Rejection.Kind.TOO_MANY_WAITING);
    }
}

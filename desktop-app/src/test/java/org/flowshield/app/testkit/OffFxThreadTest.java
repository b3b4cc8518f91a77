package org.flowshield.app.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.node.api.payment.Spending;
import org.junit.jupiter.api.Test;

/** The guard sees what it is there to see. */
final class OffFxThreadTest {

    private final FakeDaemon behind = new FakeDaemon();
    private final Daemon daemon = OffFxThread.guard(Daemon.class, behind);

    @Test
    void a_question_on_the_fx_thread_is_refused_and_fails_the_test_it_was_asked_in() {
        assertThatThrownBy(() -> Toolkit.on(daemon::spending))
                .hasMessageContaining("Daemon.spending()");
        assertThat(behind.asked()).isEmpty();

        assertThatThrownBy(OffFxThread::requireNone).hasMessageContaining("Daemon.spending()");
        OffFxThread.requireNone(); // told once
    }

    @Test
    void what_does_not_wait_is_let_through_and_so_is_every_other_thread() throws Exception {
        assertThat(Toolkit.on(daemon::state)).isEqualTo(new DaemonState.Unknown());
        Spending none = Samples.spending("0");
        behind.answer("spending", none);
        assertThat(daemon.spending()).isEqualTo(none);
        OffFxThread.requireNone();
    }
}

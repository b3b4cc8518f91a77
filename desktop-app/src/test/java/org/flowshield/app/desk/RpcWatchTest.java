package org.flowshield.app.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.HandUi;
import org.flowshield.app.testkit.Statuses;
import org.flowshield.app.threads.Work;
import org.flowshield.node.api.network.NetworkSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RpcWatchTest {

    private static final NetworkSettings SETTINGS =
            new NetworkSettings(
                    List.of(),
                    List.of(),
                    new NetworkSettings.InForce(5L, List.of(), null, List.of(), null));

    private final FakeDaemon daemon = new FakeDaemon();
    private final BlockingQueue<NetworkSettings> told = new LinkedBlockingQueue<>();

    @Test
    void the_service_is_asked_each_time_that_it_begins_to_answer_and_no_more_in_the_end()
            throws Exception {
        daemon.always("networkSettings", SETTINGS);
        try (RpcWatch _ = new RpcWatch(daemon, told::add, new Work(new HandUi()))) {
            assertThat(told).isEmpty();
            daemon.say(new DaemonState.Live(Statuses.serving()));
            assertThat(told.take()).isEqualTo(SETTINGS);
            daemon.say(new DaemonState.Live(Statuses.serving()));
            daemon.say(new DaemonState.Away(DaemonState.Reason.STOPPED, "it died"));
            daemon.say(new DaemonState.Live(Statuses.serving()));
            assertThat(told.take()).isEqualTo(SETTINGS);
            assertThat(daemon.asked()).hasSize(2);
        }
        assertThat(daemon.watchers()).isZero();
    }
}

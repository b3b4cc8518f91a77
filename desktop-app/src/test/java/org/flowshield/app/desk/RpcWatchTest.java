package org.flowshield.app.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.HandUi;
import org.flowshield.app.testkit.Statuses;
import org.flowshield.app.threads.Work;
import org.flowshield.node.api.Problem;
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

    private final AtomicReference<Instant> time = new AtomicReference<>(Contexts.NOW);
    private final HandUi ui = new HandUi();
    private final FakeDaemon daemon = new FakeDaemon();
    private final BlockingQueue<NetworkSettings> told = new LinkedBlockingQueue<>();

    @Test
    void the_service_is_asked_each_time_that_it_begins_to_answer_and_no_more_in_the_end()
            throws Exception {
        daemon.always("networkSettings", SETTINGS);
        try (RpcWatch _ = watch()) {
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

    @Test
    void what_failed_is_asked_again_when_the_service_says_something_but_not_at_once()
            throws Exception {
        daemon.refuse("networkSettings", new Problem("busy", "it is busy", "wait"));
        daemon.answer("networkSettings", SETTINGS);
        DaemonState live = new DaemonState.Live(Statuses.serving());
        try (RpcWatch _ = watch()) {
            daemon.say(live);
            ui.awaitNext();
            daemon.say(live);
            time.set(time.get().plus(RpcWatch.PAUSE).minusMillis(1));
            daemon.say(live);
            assertThat(daemon.asked()).hasSize(1);
            time.set(time.get().plusMillis(1));
            daemon.say(live);
            daemon.say(live);
            assertThat(told.take()).isEqualTo(SETTINGS);
            ui.settle();
            time.set(time.get().plus(RpcWatch.PAUSE));
            daemon.say(live);
            assertThat(daemon.asked()).hasSize(2);
        }
    }

    private RpcWatch watch() {
        return new RpcWatch(daemon, told::add, new Work(ui), time::get);
    }
}

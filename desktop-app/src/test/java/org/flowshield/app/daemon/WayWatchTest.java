package org.flowshield.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.Samples;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.Traffic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WayWatchTest {

    private final FakeDaemon daemon = new FakeDaemon();
    private final AtomicInteger told = new AtomicInteger();
    private final WayWatch watch = new WayWatch(daemon, told::incrementAndGet);

    @Test
    void a_tunnel_that_stands_is_another_way_and_so_is_none() {
        say(ClientState.DISCONNECTED);
        say(ClientState.CONNECTING);
        assertThat(told).hasValue(0);
        say(ClientState.CONNECTED);
        assertThat(told).hasValue(1);
        say(ClientState.DISCONNECTING);
        assertThat(told).hasValue(1);
        say(ClientState.DISCONNECTED);
        assertThat(told).hasValue(2);
    }

    @Test
    void another_session_is_another_way_and_more_traffic_is_not() {
        say(Samples.connected(Traffic.NONE));
        say(Samples.connected(new Traffic(1, 1, 1, 1, 0)));
        say(ClientState.RECONNECTING);
        say(Samples.connected(Traffic.NONE));
        assertThat(told).hasValue(0);
        say(since(Contexts.NOW));
        assertThat(told).hasValue(1);
    }

    @Test
    void an_attempt_that_failed_leaves_the_way_as_it_was() {
        say(ClientState.DISCONNECTED);
        say(ClientState.CONNECTING);
        say((ClientStatus) null); // the role is off
        assertThat(told).hasValue(0);
    }

    @Test
    void a_daemon_that_is_away_tells_when_it_is_back() {
        say(Samples.connected(Traffic.NONE));
        daemon.say(new DaemonState.Away(DaemonState.Reason.STOPPED, "it stopped"));
        assertThat(told).hasValue(0);
        say(ClientState.DISCONNECTED);
        assertThat(told).hasValue(1);
    }

    @Test
    void what_is_learned_first_is_no_change() {
        say(ClientState.CONNECTED);
        assertThat(told).hasValue(0);
        watch.close();
        say(ClientState.DISCONNECTED);
        assertThat(told).hasValue(0);
        assertThat(daemon.watchers()).isZero();
    }

    private void say(ClientState state) {
        say(Samples.client(state, null, null));
    }

    private void say(@Nullable ClientStatus client) {
        daemon.say(new DaemonState.Live(Samples.node(client, Samples.payment("30"))));
    }

    private static ClientStatus since(Instant since) {
        ClientStatus client = Samples.connected(Traffic.NONE);
        return new ClientStatus(
                client.state(),
                since,
                client.provider(),
                client.tunnel(),
                client.attempt(),
                client.nextAttempt(),
                client.problem(),
                client.traffic(),
                client.payment(),
                client.failed());
    }
}

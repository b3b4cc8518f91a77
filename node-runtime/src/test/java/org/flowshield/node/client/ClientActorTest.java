package org.flowshield.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.client.ClientMachine.BlockingFailed;
import org.flowshield.node.client.ClientMachine.Connected;
import org.flowshield.node.client.ClientMachine.Connecting;
import org.flowshield.node.client.ClientMachine.Disconnected;
import org.flowshield.node.client.ClientMachine.Disconnecting;
import org.flowshield.node.client.ClientMachine.Reconnecting;
import org.flowshield.node.client.ClientMachine.State;
import org.flowshield.node.client.FakeSessions.Fake;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread that runs the states. */
@Timeout(60)
final class ClientActorTest {

    private static final Target HERE = ClientMachineTest.target("/ip4/203.0.113.2/tcp/4001");
    private static final ClientSettings OWN =
            new ClientSettings(List.of(new DnsServer(InetAddress.ofLiteral("192.0.2.53"))), true);
    private static final Failure BROKEN = ClientMachineTest.failure("broken");

    private final FakeSessions sessions = new FakeSessions();
    private final LinkedBlockingQueue<State> announced = new LinkedBlockingQueue<>();
    private volatile FirewallPolicy inForce = new FirewallPolicy.Open();
    private volatile Firewall refusing = _ -> {};
    private volatile Instant wall = Instant.parse("2026-01-01T00:00:00Z");
    private volatile String network = "eth0";

    private final ClientActor actor =
            new ClientActor(
                    policy -> {
                        refusing.apply(policy);
                        inForce = policy;
                    },
                    sessions,
                    () -> network,
                    ClientSettings.DEFAULT,
                    System::nanoTime,
                    wallClock(),
                    new Random(1),
                    this::changed,
                    false);

    private Clock wallClock() {
        InstantSource source = () -> wall;
        return source.withZone(ZoneOffset.UTC);
    }

    private void changed() {
        announced.add(actor.announced().state());
    }

    @AfterEach
    void stop() {
        actor.close();
    }

    @Test
    void connect_ends_when_packets_flow() throws Exception {
        connect();
        assertThat(inForce).isEqualTo(FakeSessions.TUNNEL);
        assertThat(actor.announced().state()).isInstanceOf(Connected.class);
    }

    @Test
    void cancelling_does_not_wait_for_the_provider() throws Exception {
        actor.start();
        CompletableFuture<Optional<Failure>> connecting = actor.connect(HERE);
        Fake session = sessions.next();
        await(Connecting.class);
        CompletableFuture<Optional<Failure>> disconnecting = actor.disconnect();
        assertThat(connecting.get()).contains(Failure.CANCELLED);
        await(Disconnecting.class);
        assertThat(session.isAskedToEnd()).isTrue();
        session.isGone(BROKEN);
        assertThat(disconnecting.get()).isEmpty();
        assertThat(inForce).isEqualTo(new FirewallPolicy.Open());
    }

    @Test
    void a_broken_session_is_made_anew_by_itself() throws Exception {
        connect().isGone(BROKEN);
        await(Reconnecting.class);
        assertThat(inForce).isEqualTo(new FirewallPolicy.Blocked());
        sessions.next().isGone(BROKEN);
        sessions.next().open();
        await(Connected.class);
    }

    /** As when the provider's first address leads to a session that does not open. */
    @Test
    void each_device_of_a_session_is_led_into() throws Exception {
        AtomicInteger led = new AtomicInteger();
        refusing = policy -> led.addAndGet(policy instanceof FirewallPolicy.Tunnel ? 1 : 0);
        actor.start();
        CompletableFuture<Optional<Failure>> connecting = actor.connect(HERE);
        Fake session = sessions.next();
        session.isGranted();
        session.isGranted();
        session.open();

        assertThat(connecting.get()).isEmpty();
        assertThat(led).hasValue(2);
    }

    @Test
    void another_network_is_noticed_while_it_waits() throws Exception {
        connect().isGone(BROKEN);
        for (int i = 0; i < 8; i++) {
            sessions.next().isGone(BROKEN); // the pauses are several seconds by now
        }
        network = "wlan0";
        sessions.next().open();
        await(Connected.class);
    }

    @Test
    void a_step_of_the_clock_changes_what_people_read_and_nothing_else() throws Exception {
        Fake session = connect();
        wall = wall.plus(Duration.ofDays(400));
        session.isGone(BROKEN);
        await(Reconnecting.class);
        assertThat(actor.announced().since()).isEqualTo(wall);
        wall = wall.minus(Duration.ofDays(8000));
        sessions.next().open();
        await(Connected.class);
        assertThat(actor.announced().since()).isEqualTo(wall);
    }

    @Test
    void who_can_not_be_blocked_is_not_connected() throws Exception {
        refusing =
                policy -> {
                    if (policy instanceof FirewallPolicy.Blocked) {
                        throw new IOException("no right");
                    }
                };
        actor.start();
        CompletableFuture<Optional<Failure>> connecting = actor.connect(HERE);
        assertThat(connecting.get()).isPresent();
        sessions.next().isGone(Failure.CANCELLED);
        await(Disconnected.class);
        assertThat(announced).noneMatch(Connecting.class::isInstance);
    }

    @Test
    void what_can_not_be_put_back_is_told() throws Exception {
        Fake session = connect();
        refusing =
                policy -> {
                    throw new IOException("busy");
                };
        CompletableFuture<Optional<Failure>> disconnecting = actor.disconnect();
        await(Disconnecting.class);
        session.isGone(Failure.CANCELLED);
        assertThat(disconnecting.get()).isPresent();
        await(BlockingFailed.class);
        refusing = _ -> {};
        assertThat(actor.disconnect().get()).isEmpty();
        assertThat(inForce).isEqualTo(new FirewallPolicy.Open());
    }

    @Test
    void a_mistake_in_the_program_leaves_traffic_blocked_and_nobody_waiting() throws Exception {
        Fake session = connect();
        refusing =
                _ -> {
                    throw new IllegalStateException("a mistake");
                };
        session.isGone(BROKEN); // blocking again fails in a way that nobody has thought of
        assertThat(actor.connect(HERE).get()).contains(Failure.STOPPED);
        assertThat(inForce).isEqualTo(FakeSessions.TUNNEL);
        refusing = _ -> {};
        actor.close();
        assertThat(inForce).isEqualTo(new FirewallPolicy.Open());
    }

    @Test
    void stopping_lets_nobody_wait_and_nothing_be_blocked() throws Exception {
        actor.start();
        CompletableFuture<Optional<Failure>> connecting = actor.connect(HERE);
        await(Connecting.class);
        actor.close();
        assertThat(connecting.get()).contains(Failure.STOPPED);
        assertThat(actor.connect(HERE).get()).contains(Failure.STOPPED);
        assertThat(inForce).isEqualTo(new FirewallPolicy.Open());
    }

    @Test
    void a_choice_holds_at_once_while_connected_and_the_session_goes_on() throws Exception {
        Fake session = connect();
        assertThat(actor.choose(OWN).get()).isEmpty();
        assertThat(inForce).isEqualTo(FakeSessions.TUNNEL.under(OWN));
        assertThat(actor.announced().settings()).isEqualTo(OWN);
        await(Connected.class);
        assertThat(session.isAskedToEnd()).isFalse();
    }

    @Test
    void a_choice_holds_in_states_that_come_after_it() throws Exception {
        actor.start();
        assertThat(actor.choose(OWN).get()).isEmpty();
        assertThat(inForce).isEqualTo(new FirewallPolicy.Open());
        CompletableFuture<Optional<Failure>> connecting = actor.connect(HERE);
        Fake session = sessions.next();
        await(Connecting.class);
        assertThat(inForce).isEqualTo(new FirewallPolicy.Blocked(true));
        session.open();
        assertThat(connecting.get()).isEmpty();
        assertThat(inForce).isEqualTo(FakeSessions.TUNNEL.under(OWN));
        session.isGone(BROKEN);
        await(Reconnecting.class);
        assertThat(inForce).isEqualTo(new FirewallPolicy.Blocked(true));
    }

    @Test
    void a_choice_that_the_machine_refuses_leaves_what_was_and_the_session() throws Exception {
        Fake session = connect();
        FirewallPolicy chosen = FakeSessions.TUNNEL.under(OWN);
        refusing =
                policy -> {
                    if (policy.equals(chosen)) {
                        throw new IOException("no such rule");
                    }
                };
        assertThat(actor.choose(OWN).get()).isPresent();
        assertThat(inForce).isEqualTo(FakeSessions.TUNNEL);
        assertThat(actor.announced().settings()).isEqualTo(ClientSettings.DEFAULT);
        assertThat(session.isAskedToEnd()).isFalse();
    }

    @Test
    void when_what_was_can_not_be_put_into_force_again_nothing_is_let_out() throws Exception {
        Fake session = connect();
        refusing =
                policy -> {
                    if (policy instanceof FirewallPolicy.Tunnel) {
                        throw new IOException("busy");
                    }
                };
        assertThat(actor.choose(OWN).get()).isPresent();
        await(Reconnecting.class);
        assertThat(session.isAskedToEnd()).isTrue();
        assertThat(inForce).isEqualTo(new FirewallPolicy.Blocked());
    }

    private Fake connect() throws Exception {
        actor.start();
        CompletableFuture<Optional<Failure>> connecting = actor.connect(HERE);
        Fake session = sessions.next();
        session.open();
        assertThat(connecting.get()).isEmpty();
        await(Connected.class);
        return session;
    }

    /** Takes what was announced until a state of that kind was. */
    private void await(Class<? extends State> kind) throws InterruptedException {
        for (State state = next(); !kind.isInstance(state); state = next()) {
            assertThat(state).isNotNull();
        }
    }

    private State next() throws InterruptedException {
        return announced.poll(30, TimeUnit.SECONDS);
    }
}

package org.flowshield.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.DnsServer;
import org.flowshield.node.client.ClientMachine.BlockingFailed;
import org.flowshield.node.client.ClientMachine.Connected;
import org.flowshield.node.client.ClientMachine.Connecting;
import org.flowshield.node.client.ClientMachine.Disconnected;
import org.flowshield.node.client.ClientMachine.Disconnecting;
import org.flowshield.node.client.ClientMachine.Held;
import org.flowshield.node.client.ClientMachine.NetworkChanged;
import org.flowshield.node.client.ClientMachine.Reconnecting;
import org.flowshield.node.client.ClientMachine.State;
import org.flowshield.node.client.ClientMachine.Tick;
import org.flowshield.node.client.FakeSessions.Fake;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in whatever order, and however often the machine refuses: what is announced is
 * in force, and what was blocked is let out by nobody but who disconnects.
 */
final class BlockingInvariantTest {

    private static final int RUNS = 300;
    private static final int EVENTS = 200;
    private static final Target[] TARGETS = {
        ClientMachineTest.target("/ip4/203.0.113.2/tcp/4001"),
        ClientMachineTest.target("/ip4/203.0.113.3/tcp/4001")
    };

    private static final ClientSettings[] CHOICES = {
        ClientSettings.DEFAULT,
        new ClientSettings(List.of(), true),
        new ClientSettings(List.of(new DnsServer(InetAddress.ofLiteral("192.0.2.53"))), true),
        new ClientSettings(List.of(new DnsServer(InetAddress.ofLiteral("2001:db8::53"))), false)
    };

    @Test
    void what_is_announced_is_in_force_and_only_disconnecting_lets_traffic_out() throws Exception {
        long seed = new SecureRandom().nextLong();
        System.out.println("BlockingInvariantTest: seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            new Run(random, run % 3 == 0 ? 0 : 0.2).go();
        }
    }

    /** One client and its machine, with events at random. */
    private static final class Run {

        private final Random random;
        private final double refusing;
        private final AtomicLong now = new AtomicLong();
        private final FakeSessions sessions = new FakeSessions();
        private final List<CompletableFuture<Optional<Failure>>> askers = new ArrayList<>();
        private final ClientActor actor;

        /** Empty if an attempt to change it failed since. */
        private Optional<FirewallPolicy> inForce;

        /**
         * Whether a session was announced, or traffic was held from the start, and nobody has
         * disconnected since.
         */
        private boolean mustHold;

        private boolean refuses = true;

        /** What was chosen last, if the machine took it. */
        private ClientSettings settings = ClientSettings.DEFAULT;

        Run(Random random, double refusing) {
            this.random = random;
            this.refusing = refusing;
            this.mustHold = random.nextInt(4) == 0;
            this.inForce = mustHold ? Optional.empty() : Optional.of(new FirewallPolicy.Open());
            this.actor =
                    new ClientActor(
                            this::apply,
                            sessions,
                            () -> "",
                            settings,
                            now::get,
                            Clock.systemUTC(),
                            random,
                            this::announced,
                            mustHold);
        }

        private void apply(FirewallPolicy policy) throws IOException {
            inForce = Optional.empty();
            if (refuses && random.nextDouble() < refusing) {
                throw new IOException("the machine refuses");
            }
            if (policy instanceof FirewallPolicy.Open) {
                assertThat(mustHold).as("let out without being asked to").isFalse();
            }
            inForce = Optional.of(policy);
        }

        private void announced() {
            State state = actor.announced().state();
            settings = actor.announced().settings();
            switch (state) {
                case Disconnected _ -> assertThat(inForce).contains(new FirewallPolicy.Open());
                case Held _ -> assertThat(inForce).isEmpty();
                case Connecting _, Reconnecting _ ->
                        assertThat(inForce)
                                .isEqualTo(state.policy().map(policy -> policy.under(settings)))
                                .isNotEqualTo(Optional.of(new FirewallPolicy.Open()));
                case Connected _ -> {
                    assertThat(inForce).contains(FakeSessions.TUNNEL.under(settings));
                    mustHold = true;
                }
                case Disconnecting _, BlockingFailed _ ->
                        assertThat(inForce).isNotEqualTo(Optional.of(new FirewallPolicy.Open()));
            }
            assertThat(running()).as("sessions at a time in " + state).isLessThanOrEqualTo(1);
        }

        private long running() {
            return sessions.all.stream().filter(s -> !s.isAskedToEnd() && !s.isEnded()).count();
        }

        void go() throws Exception {
            for (int i = 0; i < EVENTS; i++) {
                happen();
                actor.handleAll();
            }
            settle();
        }

        private void happen() throws Exception {
            now.addAndGet(random.nextLong(3_000_000_000L));
            Moment moment = new Moment(now.get(), random.nextDouble());
            switch (random.nextInt(14)) {
                case 0, 1 -> askers.add(actor.connect(TARGETS[random.nextInt(2)]));
                case 2 -> {
                    mustHold = false;
                    askers.add(actor.disconnect());
                }
                case 3 -> anySession().ifPresent(Fake::isGranted);
                case 4, 5 -> anySession().ifPresent(Fake::open);
                case 6, 7 ->
                        anySession().ifPresent(s -> s.isGone(ClientMachineTest.failure("broken")));
                case 8 -> actor.handle(new NetworkChanged(moment));
                case 9, 10 -> choose(CHOICES[random.nextInt(CHOICES.length)]);
                default -> actor.handle(new Tick(moment));
            }
        }

        /**
         * Who is told that it holds finds it in force, and who is told that it doesn't does not.
         */
        private void choose(ClientSettings wanted) throws Exception {
            ClientSettings before = actor.announced().settings();
            CompletableFuture<Optional<Failure>> asked = actor.choose(wanted);
            askers.add(asked);
            actor.handleAll();
            boolean refused = asked.get().isPresent();
            settings = actor.announced().settings();
            assertThat(settings).isEqualTo(refused ? before : wanted);
            Optional<FirewallPolicy> policy = actor.announced().state().policy();
            if (policy.isPresent()) {
                assertThat(inForce).isEqualTo(policy.map(each -> each.under(settings)));
            }
        }

        private Optional<Fake> anySession() {
            List<Fake> alive = sessions.all.stream().filter(s -> !s.isEnded()).toList();
            return alive.isEmpty()
                    ? Optional.empty()
                    : Optional.of(alive.get(random.nextInt(alive.size())));
        }

        /** Once the machine refuses no more, disconnecting ends in order and nobody waits. */
        private void settle() throws Exception {
            refuses = false;
            mustHold = false;
            CompletableFuture<Optional<Failure>> last = actor.disconnect();
            actor.handleAll();
            for (Fake session : sessions.all) {
                session.isGone(Failure.CANCELLED);
                actor.handleAll();
            }
            assertThat(last).isCompletedWithValue(Optional.empty());
            assertThat(askers).allMatch(CompletableFuture::isDone);
            assertThat(inForce).contains(new FirewallPolicy.Open());
            assertThat(actor.announced().state()).isInstanceOf(Disconnected.class);
        }
    }
}

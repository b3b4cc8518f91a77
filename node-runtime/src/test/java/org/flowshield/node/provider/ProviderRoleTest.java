package org.flowshield.node.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.demo.Prerequisites;
import org.flowshield.node.exit.Cidr;
import org.flowshield.node.exit.Egress;
import org.flowshield.node.exit.Exit;
import org.flowshield.node.exit.ExitMachine;
import org.flowshield.node.exit.ExitPlan;
import org.flowshield.node.exit.Refusal;
import org.flowshield.node.restore.MachineException;
import org.flowshield.node.swarm.Libp2pSwarm;
import org.flowshield.node.swarm.Swarm;
import org.flowshield.node.swarm.SwarmSettings;
import org.flowshield.node.tunnel.ProviderService;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.node.tunnel.path.PathCounters;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MemoryTun;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.TunUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A role that can't start: on this machine nobody has the gateway's address. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ProviderRoleTest {

    private final List<String> happened = Collections.synchronizedList(new ArrayList<>());
    private final PrivateKey key = PrivateKey.generate(new SecureRandom());
    private final MemoryTun.Pair device =
            MemoryTun.pair(
                    1500,
                    Offloads.NONE,
                    Offloads.NONE,
                    MemoryTun.Overflow.DROP,
                    MemoryTun.MIN_QUEUE);

    @AfterEach
    void close() {
        device.close();
        key.close();
    }

    @Test
    void a_start_that_fails_closes_what_was_opened_and_says_what_to_do() throws Exception {
        Assumptions.assumeTrue(Prerequisites.isRoot(), "marks its sockets: needs root");
        ProviderRole role = role(new FakeMachine());
        assertThatThrownBy(role::start)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("address_not_here"));
        assertThat(happened).containsExactly("exit opened", "exit closed");
        assertThatThrownBy(() -> device.left().read(buffer(), false))
                .isInstanceOf(IOException.class);
        assertThat(role.status().multiaddrs()).isEmpty();
        role.stop();
    }

    @Test
    void a_machine_without_nftables_is_told_what_to_install() throws Exception {
        ProviderRole role =
                role(
                        new FakeMachine() {
                            @Override
                            public Exit open(ExitPlan plan) throws IOException {
                                throw new MachineException(
                                        MachineException.Reason.NOT_INSTALLED, "no nft");
                            }
                        });
        assertThatThrownBy(role::start)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problem().action()).contains("nftables"));
    }

    @Test
    void who_lacks_the_right_to_make_a_device_is_told_so() throws Exception {
        ProviderRole role =
                new ProviderRole(
                        settings(),
                        new ProviderPlatform(
                                _ -> {
                                    throw new TunUnavailableException(
                                            TunUnavailableException.Reason.NO_RIGHT, "no right");
                                },
                                new FakeMachine(),
                                List::of,
                                1),
                        swarm(),
                        new SecureRandom(),
                        new Nobody(),
                        Cashier.NONE);
        assertThatThrownBy(role::start)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.kind()).isEqualTo(RefusedException.Kind.PERMISSION));
        assertThat(happened).isEmpty();
    }

    @Test
    void a_start_that_is_interrupted_is_undone_as_a_whole() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ProviderRole role =
                role(
                        new FakeMachine() {
                            @Override
                            public Exit open(ExitPlan plan) throws IOException {
                                opening.countDown();
                                await(goOn);
                                return super.open(plan);
                            }
                        });
        List<String> outcome = Collections.synchronizedList(new ArrayList<>());
        Thread starting =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        role.start();
                                    } catch (InterruptedException e) {
                                        outcome.add("interrupted");
                                    } catch (RefusedException e) {
                                        outcome.add("refused");
                                    }
                                });
        await(opening);
        starting.interrupt();
        goOn.countDown();
        starting.join();
        assertThat(outcome).containsExactly("interrupted");
        assertThat(happened).containsExactly("exit opened", "exit closed");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts what opens", e);
        }
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(2 * Frame.MAX);
    }

    private static ProviderSettings settings() throws Exception {
        return ProviderSettings.of(
                List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")), new Charge.Free());
    }

    private Swarm swarm() {
        return new Libp2pSwarm(
                SwarmSettings.alone(1, "test/1"), key, new SecureRandom(), List::of, List.of());
    }

    private ProviderRole role(ExitMachine machine) throws Exception {
        return new ProviderRole(
                settings(),
                new ProviderPlatform(_ -> device.left(), machine, List::of, 1),
                swarm(),
                new SecureRandom(),
                new Nobody(),
                Cashier.NONE);
    }

    private class FakeMachine implements ExitMachine {

        @Override
        public Egress egress() {
            InetAddress own = InetAddress.ofLiteral("192.0.2.2");
            return new Egress(true, false, 1500, List.of(), List.of(own));
        }

        @Override
        public Exit open(ExitPlan plan) throws IOException {
            happened.add("exit opened");
            return new FakeExit();
        }
    }

    private final class FakeExit implements Exit {

        @Override
        public void listening(Collection<Integer> ports) {}

        @Override
        public boolean keep(List<Cidr> onLink) {
            return false;
        }

        @Override
        public Map<Refusal, Long> refused() {
            return Map.of();
        }

        @Override
        public void close() {
            happened.add("exit closed");
        }
    }

    private static final class Nobody implements ProviderService.Watcher {

        @Override
        public void opened(PeerId peer, Grant grant) {}

        @Override
        public void ended(PeerId peer, Grant grant, PathCounters carried, String why) {}
    }
}

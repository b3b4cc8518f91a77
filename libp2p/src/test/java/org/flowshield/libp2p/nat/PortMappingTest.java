package org.flowshield.libp2p.nat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flowshield.libp2p.nat.PortMapping.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PortMappingTest {

    private final BlockingQueue<State> states = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final AtomicBoolean mayAsk = new AtomicBoolean(true);

    @Test
    void maps_by_the_first_router_that_does_it_and_takes_it_back_at_the_end() throws Exception {
        try (PortMapping mapping =
                start(List.of(() -> List.of(deaf("PCP"), granting("NAT-PMP", "9.9.9.9"))))) {
            State.Mapped mapped = (State.Mapped) states.take();
            assertThat(mapped.protocol()).isEqualTo("NAT-PMP");
            assertThat(mapped.lease().address().toString()).isEqualTo("/ip4/9.9.9.9/tcp/4002");
            assertThat(mapping.lease()).contains(mapped.lease());
        }
        assertThat(calls).containsExactly("map 4001", "unmap", "closed");
    }

    @Test
    void a_search_that_fails_does_not_hold_up_the_next() throws Exception {
        try (PortMapping _ =
                start(
                        List.of(
                                () -> {
                                    throw new IOException("no route");
                                },
                                () -> List.of(granting("UPnP", "9.9.9.9"))))) {
            assertThat(states.take()).isInstanceOf(State.Mapped.class);
        }
    }

    @Test
    void a_router_behind_a_router_gives_no_address_of_the_internet() throws Exception {
        try (PortMapping mapping = start(List.of(() -> List.of(granting("UPnP", "100.64.3.4"))))) {
            assertThat(states.take()).isInstanceOf(State.Mapped.class);
            assertThat(mapping.lease()).isEmpty();
        }
    }

    @Test
    void says_why_nobody_does_it() throws Exception {
        try (PortMapping mapping = start(List.of(() -> List.of(deaf("PCP"))))) {
            assertThat(states.take())
                    .isInstanceOfSatisfying(
                            State.Failed.class,
                            failed ->
                                    assertThat(failed.why())
                                            .contains("PCP: it is deaf")
                                            .contains("map it by hand"));
            assertThat(mapping.lease()).isEmpty();
        }
        assertThat(calls).containsExactly("closed");
    }

    @Test
    void a_network_without_a_router_is_told_so() throws Exception {
        try (PortMapping _ = start(List.of(List::of))) {
            assertThat(states.take())
                    .isEqualTo(new State.Failed("no router was found that can be asked"));
        }
    }

    @Test
    void ends_at_once_while_routers_are_still_looked_for() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        PortMapping mapping =
                start(
                        List.of(
                                () -> {
                                    looking.countDown();
                                    new CountDownLatch(1).await();
                                    return List.of();
                                }));
        looking.await();
        mapping.close();
        assertThat(calls).containsExactly("closed");
        assertThat(states).isEmpty();
    }

    @Test
    void nobody_is_asked_while_a_tunnel_takes_what_is_sent() throws Exception {
        mayAsk.set(false);
        try (PortMapping _ =
                start(
                        List.of(
                                () -> {
                                    calls.add("search");
                                    return List.of(granting("PCP", "9.9.9.9"));
                                }))) {
            assertThat(states.take())
                    .isInstanceOfSatisfying(
                            State.Failed.class, it -> assertThat(it.why()).contains("a tunnel"));
        }
        assertThat(calls).containsExactly("closed");
    }

    @Test
    void nothing_is_taken_back_through_a_tunnel() throws Exception {
        try (PortMapping _ = start(List.of(() -> List.of(granting("PCP", "9.9.9.9"))))) {
            assertThat(states.take()).isInstanceOf(State.Mapped.class);
            mayAsk.set(false);
        }
        assertThat(calls).containsExactly("map 4001", "closed");
    }

    private PortMapping start(List<Callable<List<Router>>> searches) {
        Routers routers =
                new Routers() {
                    @Override
                    public List<Callable<List<Router>>> searches() {
                        return searches;
                    }

                    @Override
                    public void close() {
                        calls.add("closed");
                    }
                };
        return PortMapping.start(4001, routers, mayAsk::get, states::add);
    }

    private static Router deaf(String protocol) {
        return new Router() {
            @Override
            public String protocol() {
                return protocol;
            }

            @Override
            public Lease map(int port, Duration lifetime) throws IOException {
                throw new IOException("it is deaf");
            }

            @Override
            public void unmap() {
                throw new AssertionError("nothing was mapped");
            }
        };
    }

    private Router granting(String protocol, String external) {
        return new Router() {
            @Override
            public String protocol() {
                return protocol;
            }

            @Override
            public Lease map(int port, Duration lifetime) throws UnknownHostException {
                calls.add("map " + port);
                return new Lease(InetAddress.getByName(external), port + 1, lifetime);
            }

            @Override
            public void unmap() {
                calls.add("unmap");
            }
        };
    }
}

package org.flowshield.node.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.LimitStatus;
import org.flowshield.node.api.MemoryNode;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.api.Node;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.ReachStatus;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.payment.Payments;
import org.flowshield.node.role.Candidates;
import org.flowshield.node.role.Client;
import org.flowshield.node.role.Provider;
import org.flowshield.node.treasury.NoTreasury;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class DaemonNodeTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** What roles were told, in order. */
    private final List<String> told = new ArrayList<>();

    private String unpayable = "";
    private final TestClient client = new TestClient();
    private final TestProvider provider = new TestProvider();
    private final Payments payments =
            new NoTreasury(
                    NoTreasury.NOT_CONFIGURED,
                    false,
                    _ -> {
                        throw new IllegalStateException("nobody asks for a price");
                    });
    private final DaemonNode node;

    DaemonNodeTest() {
        try (PrivateKey key = PrivateKey.generate(new SecureRandom())) {
            node =
                    new DaemonNode(
                            "1.2.3",
                            PeerId.of(key.publicKey()),
                            START,
                            client,
                            provider,
                            payments,
                            this::prepare,
                            new MemoryNode().identity(),
                            new MemoryNode().selling(),
                            Optional.of(MemoryPayments.flow("0.5")),
                            List.of());
        }
    }

    @AfterEach
    void close() {
        node.close();
    }

    private void prepare(Multiaddr provider, Optional<TokenAmount> most) throws RefusedException {
        told.add("prepare " + provider);
        if (provider.toString().equals(unpayable)) {
            throw new RefusedException(
                    Kind.REFUSED, new Problem("price_too_high", "too dear", "choose another"));
        }
    }

    private final class TestClient implements Client {
        private Runnable onChange = () -> {};

        @Override
        public RoleName name() {
            return RoleName.CLIENT;
        }

        @Override
        public void start() {
            told.add("start client");
        }

        @Override
        public void stop() {
            told.add("stop client");
        }

        @Override
        public void onChange(Runnable listener) {
            onChange = listener;
        }

        @Override
        public ClientStatus connect(
                Multiaddr address,
                int lanes,
                Optional<TokenAmount> maxPrice,
                Candidates candidates) {
            told.add(
                    "connect %s %d at %s"
                            .formatted(address, lanes, maxPrice.orElse(TokenAmount.ZERO)));
            candidates.ranked().forEach(candidate -> told.add("may go to " + candidate.address()));
            return status();
        }

        @Override
        public ClientStatus disconnect() {
            told.add("disconnect");
            return status();
        }

        @Override
        public ClientStatus status() {
            return new ClientStatus(
                    ClientState.DISCONNECTED,
                    START,
                    null,
                    null,
                    0,
                    null,
                    null,
                    Traffic.NONE,
                    null,
                    List.of());
        }
    }

    private final class TestProvider implements Provider {
        private @Nullable RefusedException failure;

        @Override
        public RoleName name() {
            return RoleName.PROVIDER;
        }

        @Override
        public void start() throws RefusedException {
            told.add("start provider");
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void stop() {
            told.add("stop provider");
        }

        @Override
        public void onChange(Runnable listener) {
            // nothing changes by itself
        }

        @Override
        public ProviderStatus status() {
            return new ProviderStatus(
                    List.of(),
                    ReachStatus.OFF,
                    true,
                    false,
                    1420,
                    List.of(),
                    Traffic.NONE,
                    Map.of());
        }

        @Override
        public List<LimitStatus> limits() {
            return List.of(new LimitStatus("sessions", 1, 200, 0));
        }
    }

    @Test
    void begins_with_all_roles_off() {
        assertThat(node.status().roles())
                .allSatisfy(role -> assertThat(role.state()).isEqualTo(RoleState.OFF));
        assertThat(node.status().client()).isNull();
        assertThat(node.status().provider()).isNull();
        assertThat(node.status().limits()).isEmpty();
    }

    @Test
    void roles_are_switched_on_once_and_off_in_reverse() throws Exception {
        assertThat(node.start(EnumSet.allOf(RoleName.class)))
                .containsExactly(RoleName.CLIENT, RoleName.PROVIDER);
        assertThat(node.enable(RoleName.CLIENT).state()).isEqualTo(RoleState.ON);
        assertThat(node.status().limits()).hasSize(1);
        node.close();
        assertThat(told)
                .containsExactly("start client", "start provider", "stop provider", "stop client");
    }

    @Test
    void a_role_that_cannot_start_keeps_its_problem_and_the_others_run() throws Exception {
        Problem problem = new Problem("port_in_use", "the port is taken", "choose another");
        provider.failure = new RefusedException(Kind.FAILED, problem);
        assertThat(node.start(EnumSet.allOf(RoleName.class))).containsExactly(RoleName.CLIENT);
        assertThat(node.status().roles().getLast().state()).isEqualTo(RoleState.FAILED);
        assertThat(node.status().roles().getLast().problem()).isEqualTo(problem);
        provider.failure = null;
        assertThat(node.enable(RoleName.PROVIDER).state()).isEqualTo(RoleState.ON);
        assertThat(node.disable(RoleName.PROVIDER).state()).isEqualTo(RoleState.OFF);
    }

    @Test
    void others_are_gone_to_if_the_first_can_not_be_paid() throws Exception {
        unpayable = "/ip4/192.0.2.1/tcp/4001";
        node.connect(
                new ConnectRequest(
                        unpayable,
                        1,
                        null,
                        List.of("/ip4/192.0.2.2/tcp/4001", "/ip4/192.0.2.3/tcp/4001")));
        assertThat(told)
                .containsExactly(
                        "prepare /ip4/192.0.2.1/tcp/4001",
                        "prepare /ip4/192.0.2.2/tcp/4001",
                        "start client",
                        "connect /ip4/192.0.2.2/tcp/4001 1 at 0.5 FLOW",
                        "may go to /ip4/192.0.2.1/tcp/4001",
                        "may go to /ip4/192.0.2.2/tcp/4001",
                        "may go to /ip4/192.0.2.3/tcp/4001");
        assertThatThrownBy(() -> node.connect(new ConnectRequest(unpayable, 1)))
                .hasMessageContaining("too dear");
    }

    @Test
    void connecting_switches_the_client_on() throws Exception {
        node.connect(new ConnectRequest("/ip4/192.0.2.1/tcp/4001", 2));
        assertThat(told)
                .containsExactly(
                        "prepare /ip4/192.0.2.1/tcp/4001",
                        "start client",
                        "connect /ip4/192.0.2.1/tcp/4001 2 at 0.5 FLOW");
    }

    @Test
    void what_a_request_says_of_the_price_goes_before_the_configuration() throws Exception {
        node.connect(new ConnectRequest("/ip4/192.0.2.1/tcp/4001", 1, MemoryPayments.flow("2")));
        assertThat(told).last().isEqualTo("connect /ip4/192.0.2.1/tcp/4001 1 at 2 FLOW");
    }

    @Test
    void without_a_network_file_it_says_that_it_can_not_pay() {
        assertThat(node.status().payment().network()).isNull();
        assertThatThrownBy(() -> node.payments().settle())
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(Kind.REFUSED);
                            assertThat(e.problem().code()).isEqualTo("payment_not_configured");
                            assertThat(e.problem().action()).contains("chain.network");
                        });
    }

    @Test
    void an_address_that_is_none_is_refused_before_anything_happens() {
        assertThatThrownBy(() -> node.connect(new ConnectRequest("/ip4/nowhere", 1)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
        assertThat(told).isEmpty();
    }

    @Test
    void nothing_to_disconnect_is_said_so() {
        assertThatThrownBy(node::disconnect)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("role_off"));
    }

    @Test
    void watchers_hear_of_changes_and_a_slow_one_hears_once_of_many() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CompletableFuture<Void> go = new CompletableFuture<>();
        CountDownLatch calls = new CountDownLatch(2);
        List<String> seen = new ArrayList<>();
        try (Node.Subscription _ =
                node.watch(
                        () -> {
                            seen.add("" + node.status().roles().getFirst().state());
                            first.countDown();
                            go.join();
                            calls.countDown();
                        })) {
            client.onChange.run();
            assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
            node.enable(RoleName.CLIENT); // two changes, and ten more
            for (int i = 0; i < 10; i++) {
                client.onChange.run();
            }
            go.complete(null);
            assertThat(calls.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(seen).containsExactly("OFF", "ON");
        }
    }
}

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
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.FullnodeStatus;
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
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.api.payment.Payments;
import org.flowshield.node.role.Candidates;
import org.flowshield.node.role.Choosing;
import org.flowshield.node.role.Client;
import org.flowshield.node.role.Fullnode;
import org.flowshield.node.role.MemoryTimetable;
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
    private final TestMarket market = new TestMarket();
    private final MemoryTimetable timetable = new MemoryTimetable(() -> {});
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
                            new TestFullnode(),
                            payments,
                            this::prepare,
                            new MemoryNode().identity(),
                            new MemoryNode().selling(),
                            timetable,
                            new MemoryNode().network(),
                            Optional.of(MemoryPayments.flow("0.5")),
                            List.of(),
                            market,
                            new MemoryNode().logs());
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

    /** Chooses what a test has put there. */
    private final class TestMarket implements Choosing {

        private Choice choice = new Choice(List.of(), List.of());
        private Runnable meanwhile = () -> {};

        @Override
        public Choice choose(ConnectRequest request, Optional<TokenAmount> most) {
            told.add("choose " + request.provider() + " in " + request.country());
            meanwhile.run();
            return choice;
        }

        @Override
        public void named(List<Multiaddr> providers) {
            // who was named vouches for himself
        }

        @Override
        public void failed(Multiaddr provider, Problem why) {
            told.add("failed " + provider);
        }

        @Override
        public FoundProviders find(ProviderQuery query) {
            throw new IllegalStateException("nobody looks");
        }
    }

    private final class TestFullnode implements Fullnode {

        @Override
        public RoleName name() {
            return RoleName.FULLNODE;
        }

        @Override
        public void start() {
            told.add("start fullnode");
        }

        @Override
        public void stop() {
            told.add("stop fullnode");
        }

        @Override
        public void onChange(Runnable listener) {}

        @Override
        public FullnodeStatus status() {
            return new FullnodeStatus(List.of(), null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
        }
    }

    private final class TestClient implements Client {
        private Runnable onChange = () -> {};
        private ClientSettings settings = ClientSettings.DEFAULT;

        @Override
        public void expect() {}

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
            candidates.addresses(address).stream()
                    .filter(each -> !each.equals(address))
                    .forEach(each -> told.add("or at " + each));
            candidates.ranked().forEach(candidate -> told.add("may go to " + candidate.address()));
            return status();
        }

        @Override
        public ClientSettings settings() {
            return settings;
        }

        @Override
        public ClientSettings change(ClientSettingsChange change) {
            settings = change.over(settings);
            return settings;
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
                .containsExactly(RoleName.CLIENT, RoleName.PROVIDER, RoleName.FULLNODE);
        assertThat(node.enable(RoleName.CLIENT).state()).isEqualTo(RoleState.ON);
        assertThat(node.status().limits()).hasSize(1);
        node.close();
        assertThat(told)
                .containsExactly(
                        "start client",
                        "start provider",
                        "start fullnode",
                        "stop fullnode",
                        "stop provider",
                        "stop client");
    }

    @Test
    void a_role_that_cannot_start_keeps_its_problem_and_the_others_run() throws Exception {
        Problem problem = new Problem("port_in_use", "the port is taken", "choose another");
        provider.failure = new RefusedException(Kind.FAILED, problem);
        assertThat(node.start(EnumSet.allOf(RoleName.class)))
                .containsExactly(RoleName.CLIENT, RoleName.FULLNODE);
        assertThat(node.status().roles().get(1).state()).isEqualTo(RoleState.FAILED);
        assertThat(node.status().roles().get(1).problem()).isEqualTo(problem);
        provider.failure = null;
        assertThat(node.enable(RoleName.PROVIDER).state()).isEqualTo(RoleState.ON);
        assertThat(node.disable(RoleName.PROVIDER).state()).isEqualTo(RoleState.OFF);
    }

    @Test
    void the_provider_follows_its_timetable_and_says_how_long() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Node.Subscription watch =
                node.watch(
                        () -> {
                            if (node.status().provider() != null) {
                                begun.countDown();
                            }
                        });
        timetable.want(true);
        node.keepSchedule();
        assertThat(begun.await(15, TimeUnit.SECONDS)).isTrue();
        assertThat(node.status().roles().get(1).until()).isEqualTo(MemoryTimetable.END);
        assertThat(node.status().roles().getFirst().until()).as("the client's").isNull();
        watch.close();

        CountDownLatch ended = new CountDownLatch(1);
        watch =
                node.watch(
                        () -> {
                            if (node.status().roles().get(1).state() == RoleState.OFF) {
                                ended.countDown();
                            }
                        });
        timetable.want(false);
        assertThat(ended.await(15, TimeUnit.SECONDS)).isTrue();
        assertThat(node.status().roles().get(1).until()).isEqualTo(MemoryTimetable.BEGIN);
        watch.close();
    }

    @Test
    void what_somebody_switches_goes_before_the_timetable_and_what_a_start_switches_does_not()
            throws Exception {
        timetable.want(true);
        node.start(EnumSet.of(RoleName.PROVIDER));
        assertThat(timetable.wanted()).contains(true);
        assertThat(node.disable(RoleName.PROVIDER).until()).isEqualTo(MemoryTimetable.BEGIN);
        assertThat(timetable.wanted()).contains(false);
        node.enable(RoleName.CLIENT);
        assertThat(timetable.wanted()).as("of the provider alone").contains(false);
        node.enable(RoleName.PROVIDER);
        assertThat(timetable.wanted()).contains(true);
        node.close();
        assertThat(timetable.wanted()).as("the daemon's end is nobody's hand").contains(true);
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
                        "failed /ip4/192.0.2.1/tcp/4001",
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
    void the_market_chooses_and_each_reason_against_another_is_kept() throws Exception {
        Multiaddr first = Multiaddr.parse("/ip4/192.0.2.1/tcp/4001");
        Multiaddr second = Multiaddr.parse("/ip4/192.0.2.2/tcp/4001");
        Multiaddr elsewhere = Multiaddr.parse("/ip6/2001:db8::2/tcp/4001");
        FailedProvider dead =
                new FailedProvider(
                        "/ip4/192.0.2.9/tcp/4001", new Problem("unreachable", "dead", "none"));
        market.choice =
                new Choosing.Choice(
                        List.of(List.of(first), List.of(second, elsewhere)), List.of(dead));
        unpayable = first.toString();
        ClientStatus connected = node.connect(ConnectRequest.best("NL", 1, null));
        assertThat(told)
                .containsExactly(
                        "choose best in NL",
                        "prepare /ip4/192.0.2.1/tcp/4001",
                        "failed /ip4/192.0.2.1/tcp/4001",
                        "prepare /ip4/192.0.2.2/tcp/4001",
                        "start client",
                        "connect /ip4/192.0.2.2/tcp/4001 1 at 0.5 FLOW",
                        "or at /ip6/2001:db8::2/tcp/4001",
                        "may go to /ip4/192.0.2.1/tcp/4001",
                        "may go to /ip4/192.0.2.2/tcp/4001");
        assertThat(connected.failed())
                .extracting(FailedProvider::problem)
                .extracting(Problem::message)
                .containsExactly("dead", "too dear");
        assertThat(node.status().client())
                .isNotNull()
                .satisfies(status -> assertThat(status.failed()).hasSize(2));
    }

    @Test
    void who_disconnects_while_a_provider_is_looked_for_is_not_connected_afterwards()
            throws Exception {
        market.choice =
                new Choosing.Choice(
                        List.of(List.of(Multiaddr.parse("/ip4/192.0.2.1/tcp/4001"))), List.of());
        market.meanwhile =
                () -> assertThatThrownBy(node::disconnect).hasMessageContaining("role is off");
        assertThatThrownBy(() -> node.connect(ConnectRequest.best(null, 1, null)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("cancelled"));
        assertThat(told).doesNotContain("start client");
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

package org.flowshield.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.libp2p.kad.DhtCounts;
import org.flowshield.libp2p.pubsub.PubSubCounts;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.node.api.FullnodeStatus;
import org.flowshield.node.api.LimitStatus;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.ReachStatus;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.SessionStatus;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.payment.NetworkStatus;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.swarm.Reach;
import org.flowshield.node.swarm.SwarmCounts;
import org.flowshield.node.swarm.reach.ReachProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class MetricsServerIT {

    private static final InetSocketAddress ANY_PORT =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static NodeStatus status() {
        return new NodeStatus(
                "1.2.3 \"quoted\"",
                "12D3KooW",
                Instant.ofEpochSecond(1_700_000_000),
                List.of(new RoleStatus(RoleName.PROVIDER, RoleState.ON, null)),
                null,
                new ProviderStatus(
                        List.of(),
                        ReachStatus.OFF,
                        true,
                        true,
                        1420,
                        List.of(
                                new SessionStatus(
                                        "12D3KooW",
                                        null,
                                        null,
                                        Instant.EPOCH,
                                        Traffic.NONE,
                                        0,
                                        MemoryPayments.session())),
                        new Traffic(5_000_000_000L, 1, 7, 1, 3),
                        Map.of("port_25", 9L)),
                new FullnodeStatus(
                        List.of(),
                        null,
                        1000,
                        900,
                        50,
                        400,
                        95.5,
                        7,
                        2,
                        11,
                        3,
                        4,
                        Instant.ofEpochSecond(1_700_000_100),
                        null),
                new PaymentStatus(
                        new NetworkStatus(
                                "demo",
                                31_337,
                                "ETH",
                                NetworkStatus.Rpc.REACHABLE,
                                77L,
                                null,
                                NetworkStatus.Identities.RPC),
                        null,
                        null,
                        Wei.of(2_500_000_000_000_000L),
                        null,
                        MemoryPayments.flow("4"),
                        null,
                        null,
                        MemoryPayments.flow("0.000000000000000001"),
                        MemoryPayments.flow("12.5"),
                        MemoryPayments.flow("7"),
                        null),
                List.of(new LimitStatus("sessions", 2, 200, 1)));
    }

    private static MetricsServer open(Supplier<NodeStatus> status) throws IOException {
        return MetricsServer.open(ANY_PORT, status, Optional::empty);
    }

    private static HttpResponse<String> ask(MetricsServer server, String path, String method)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(uri)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void tells_counters_in_the_text_format() throws Exception {
        try (MetricsServer server = open(MetricsServerIT::status)) {
            HttpResponse<String> answer = ask(server, "/metrics", "GET");
            assertThat(answer.headers().firstValue("Content-Type"))
                    .contains("text/plain; version=0.0.4; charset=utf-8");
            assertThat(answer.body().lines())
                    .contains(
                            "flowshield_info{version=\"1.2.3 \\\"quoted\\\"\"} 1",
                            "flowshield_start_time_seconds 1700000000",
                            "flowshield_role_on{role=\"provider\"} 1",
                            "flowshield_provider_sent_bytes_total 5000000000",
                            "flowshield_provider_refused_packets_total{rule=\"port_25\"} 9",
                            "flowshield_provider_unpaid_bytes 7571200",
                            "flowshield_fullnode_offers 1000",
                            "flowshield_fullnode_providers{state=\"online\"} 900",
                            "flowshield_fullnode_heartbeats_per_second 95.5",
                            "flowshield_fullnode_lies_total 3",
                            "flowshield_fullnode_synced_time_seconds 1700000100",
                            "flowshield_fullnode_serving 1",
                            "flowshield_chain_reachable 1",
                            "flowshield_chain_block 77",
                            "flowshield_paid_flow_total 0.000000000000000001",
                            "flowshield_earned_flow_total 12.5",
                            "flowshield_settled_flow_total 7",
                            "flowshield_purse_flow 4",
                            "flowshield_operator_gas 0.0025",
                            "flowshield_limit_used{limit=\"sessions\"} 2",
                            "# TYPE flowshield_limit_refused_total counter")
                    .allMatch(
                            line ->
                                    line.startsWith("# ")
                                            || line.matches(
                                                    "[a-z_]+(\\{[a-z]+=\".*\"})? [0-9.E]+"));
        }
    }

    @Test
    void tells_what_a_node_does_among_its_peers() throws Exception {
        SwarmCounts counts =
                new SwarmCounts(
                        new DhtCounts(20, 7, 1, 50, 5),
                        new PubSubCounts(9, 1, Map.of(new Topic("the \"market\""), 6), 100, 3, 2),
                        new Reach.NotProven("a firewall"),
                        new ReachProtocol.Counts(5, 3, 1));
        try (MetricsServer server =
                MetricsServer.open(ANY_PORT, MetricsServerIT::status, () -> Optional.of(counts))) {
            assertThat(ask(server, "/metrics", "GET").body().lines())
                    .contains(
                            "flowshield_reach{state=\"not_proven\"} 1",
                            "flowshield_reach{state=\"proven\"} 0",
                            "flowshield_dial_backs_total{outcome=\"reached\"} 3",
                            "flowshield_dial_backs_total{outcome=\"failed\"} 2",
                            "flowshield_dial_backs_total{outcome=\"refused\"} 1",
                            "flowshield_dht_peers 20",
                            "flowshield_dht_searches_total 7",
                            "flowshield_dht_failed_searches_total 1",
                            "flowshield_dht_requests_total{outcome=\"unanswered\"} 5",
                            "flowshield_pubsub_peers 9",
                            "flowshield_pubsub_outcasts 1",
                            "flowshield_pubsub_mesh_peers{topic=\"the \\\"market\\\"\"} 6",
                            "flowshield_pubsub_delivered_total 100",
                            "flowshield_pubsub_refused_total 3",
                            "flowshield_pubsub_shed_total 2");
        }
    }

    @Test
    void says_whether_all_is_well() throws Exception {
        try (MetricsServer server = open(MetricsServerIT::status)) {
            assertThat(ask(server, "/health", "GET").body()).isEqualTo("ok\n");
        }
        Problem problem = new Problem("port_in_use", "the port is taken", "take another");
        NodeStatus b = status();
        NodeStatus failed =
                new NodeStatus(
                        b.version(),
                        b.peerId(),
                        b.startedAt(),
                        List.of(new RoleStatus(RoleName.PROVIDER, RoleState.FAILED, problem)),
                        null,
                        null,
                        null,
                        b.payment(),
                        b.limits());
        try (MetricsServer server = open(() -> failed)) {
            HttpResponse<String> answer = ask(server, "/health", "GET");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("provider: the port is taken\n");
        }
    }

    @Test
    void answers_nothing_else() throws Exception {
        try (MetricsServer server = open(MetricsServerIT::status)) {
            assertThat(ask(server, "/", "GET").statusCode()).isEqualTo(404);
            assertThat(ask(server, "/metrics", "POST").statusCode()).isEqualTo(405);
        }
    }

    @Test
    void a_port_in_use_is_said_with_its_address() throws Exception {
        try (MetricsServer server = open(MetricsServerIT::status)) {
            assertThatThrownBy(
                            () ->
                                    MetricsServer.open(
                                            server.address(),
                                            MetricsServerIT::status,
                                            Optional::empty))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + server.address().getPort());
        }
    }
}

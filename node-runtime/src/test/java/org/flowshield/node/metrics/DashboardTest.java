package org.flowshield.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.libp2p.kad.DhtCounts;
import org.flowshield.libp2p.pubsub.PubSubCounts;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.FullnodeStatus;
import org.flowshield.node.api.LimitStatus;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.ReachStatus;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.payment.NetworkStatus;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.swarm.Reach;
import org.flowshield.node.swarm.SwarmCounts;
import org.flowshield.node.swarm.reach.ReachProtocol;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard asks for metrics that there are, and for all of the fullnode's and of peers. */
final class DashboardTest {

    private static final Path DASHBOARD = Path.of("../docs/grafana/flowshield.json");
    private static final Pattern METRIC = Pattern.compile("flowshield_[a-z_]+");

    private static final SwarmCounts AMONG_PEERS =
            new SwarmCounts(
                    new DhtCounts(20, 7, 1, 50, 5),
                    new PubSubCounts(9, 1, Map.of(new Topic("listings"), 6), 100, 3, 2),
                    new Reach.Unknown("nobody has tried"),
                    new ReachProtocol.Counts(5, 3, 1));

    /** A node that does all there is. */
    private static NodeStatus everything() {
        return new NodeStatus(
                "1.2.3",
                "12D3KooW",
                Instant.EPOCH,
                List.of(new RoleStatus(RoleName.FULLNODE, RoleState.ON, null)),
                new ClientStatus(
                        ClientState.CONNECTED,
                        Instant.EPOCH,
                        null,
                        null,
                        0,
                        null,
                        null,
                        Traffic.NONE,
                        MemoryPayments.session(),
                        List.of()),
                new ProviderStatus(
                        List.of(),
                        ReachStatus.OFF,
                        true,
                        true,
                        1420,
                        List.of(),
                        Traffic.NONE,
                        Map.of("mail", 1L)),
                new FullnodeStatus(
                        List.of(), null, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, Instant.EPOCH, null),
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
                        Wei.of(1),
                        null,
                        MemoryPayments.flow("4"),
                        null,
                        null,
                        MemoryPayments.flow("1"),
                        MemoryPayments.flow("1"),
                        MemoryPayments.flow("1"),
                        null),
                List.of(new LimitStatus("sessions", 2, 200, 1)));
    }

    private static Set<String> metrics(String text) {
        return METRIC.matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> asked() throws IOException {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DASHBOARD));
        Set<String> asked = new TreeSet<>();
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.get("targets")) {
                asked.addAll(metrics(target.get("expr").asString()));
            }
        }
        return asked;
    }

    private static Set<String> told() {
        return metrics(
                Exposition.of(everything(), Optional.of(AMONG_PEERS))
                        .lines()
                        .filter(line -> line.startsWith("# TYPE "))
                        .collect(Collectors.joining("\n")));
    }

    @Test
    void asks_only_for_metrics_that_there_are() throws Exception {
        assertThat(asked()).isNotEmpty().isSubsetOf(told());
    }

    @Test
    void shows_all_that_is_told_of_the_market_and_of_peers() throws Exception {
        assertThat(asked())
                .containsAll(
                        told().stream()
                                .filter(
                                        name ->
                                                Stream.of(
                                                                "fullnode_",
                                                                "dht_",
                                                                "pubsub_",
                                                                "reach",
                                                                "dial_")
                                                        .anyMatch(
                                                                kind ->
                                                                        name.startsWith(
                                                                                "flowshield_"
                                                                                        + kind)))
                                .toList());
    }
}

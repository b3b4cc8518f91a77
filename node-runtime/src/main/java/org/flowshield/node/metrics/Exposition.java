package org.flowshield.node.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.libp2p.kad.DhtCounts;
import org.flowshield.libp2p.pubsub.PubSubCounts;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.FullnodeStatus;
import org.flowshield.node.api.LimitStatus;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.SessionStatus;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.payment.NetworkStatus;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.swarm.Reach;
import org.flowshield.node.swarm.SwarmCounts;

/**
 * A node's status in Prometheus' text format, version 0.0.4. Pure. No metric names a client or a
 * destination.
 */
final class Exposition {

    private final StringBuilder text = new StringBuilder();

    private Exposition() {}

    /** The whole page. */
    static String of(NodeStatus status, Optional<SwarmCounts> swarm) {
        Exposition page = new Exposition();
        page.node(status);
        ClientStatus client = status.client();
        if (client != null) {
            page.client(client);
        }
        ProviderStatus provider = status.provider();
        if (provider != null) {
            page.provider(provider);
        }
        FullnodeStatus fullnode = status.fullnode();
        if (fullnode != null) {
            page.fullnode(fullnode);
        }
        swarm.ifPresent(page::swarm);
        page.payment(status.payment());
        page.limits(status.limits());
        return page.text.toString();
    }

    private record Sample(Map<String, String> labels, String value) {
        Sample(Map<String, String> labels, long value) {
            this(labels, Long.toString(value));
        }
    }

    private void node(NodeStatus status) {
        family(
                "flowshield_info",
                "gauge",
                "The program; always 1.",
                List.of(new Sample(Map.of("version", status.version()), 1)));
        family(
                "flowshield_start_time_seconds",
                "gauge",
                "When the daemon started, in seconds since 1970.",
                List.of(new Sample(Map.of(), status.startedAt().getEpochSecond())));
        List<Sample> roles = new ArrayList<>();
        for (RoleStatus role : status.roles()) {
            roles.add(
                    new Sample(
                            Map.of("role", role.name().label()),
                            role.state() == RoleState.ON ? 1 : 0));
        }
        family("flowshield_role_on", "gauge", "1 while the role is switched on.", roles);
    }

    private void client(ClientStatus client) {
        family(
                "flowshield_client_connected",
                "gauge",
                "1 while traffic goes through a provider.",
                List.of(new Sample(Map.of(), client.tunnel() == null ? 0 : 1)));
        traffic("flowshield_client", "the present session", client.traffic());
        SessionPayment payment = client.payment();
        if (payment != null) {
            gauge(
                    "flowshield_client_unpaid_bytes",
                    "Bytes of the present session that are to be paid and not paid yet.",
                    Long.toString(payment.unpaidBytes()));
        }
    }

    private void provider(ProviderStatus provider) {
        family(
                "flowshield_provider_sessions",
                "gauge",
                "Clients that are served now.",
                List.of(new Sample(Map.of(), provider.sessions().size())));
        traffic("flowshield_provider", "all sessions", provider.traffic());
        gauge(
                "flowshield_provider_unpaid_bytes",
                "Bytes that were served ahead of payment in all sessions.",
                Long.toString(unpaid(provider)));
        List<Sample> refused = new ArrayList<>();
        provider.refused().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        entry ->
                                refused.add(
                                        new Sample(
                                                Map.of("rule", entry.getKey()), entry.getValue())));
        family(
                "flowshield_provider_refused_packets_total",
                "counter",
                "Packets that were not let out, by the rule that refused them.",
                refused);
    }

    private static long unpaid(ProviderStatus provider) {
        return provider.sessions().stream()
                .map(SessionStatus::payment)
                .filter(Objects::nonNull)
                .mapToLong(SessionPayment::unpaidBytes)
                .sum();
    }

    private void fullnode(FullnodeStatus fullnode) {
        gauge("flowshield_fullnode_offers", "Offers that are listed.", "" + fullnode.offers());
        family(
                "flowshield_fullnode_providers",
                "gauge",
                "Providers that are listed, by whether they are there.",
                List.of(
                        new Sample(Map.of("state", "online"), fullnode.online()),
                        new Sample(Map.of("state", "stale"), fullnode.stale())));
        gauge(
                "flowshield_fullnode_wallets",
                "Wallets that stand behind the offers.",
                "" + fullnode.wallets());
        gauge(
                "flowshield_fullnode_heartbeats_per_second",
                "Heartbeats that are taken in.",
                String.format(Locale.ROOT, "%.1f", fullnode.heartbeatsPerSecond()));
        counter(
                "flowshield_fullnode_answered_total",
                "Questions about the market that were answered",
                fullnode.answered());
        counter(
                "flowshield_fullnode_refused_total",
                "Questions about the market that were too many, or none",
                fullnode.refused());
        counter(
                "flowshield_fullnode_dropped_total",
                "Listings and heartbeats that were too many",
                fullnode.dropped());
        counter(
                "flowshield_fullnode_lies_total",
                "Listings and heartbeats that nobody had signed",
                fullnode.lies());
        gauge(
                "flowshield_fullnode_peers",
                "Other fullnodes that are known.",
                "" + fullnode.fullnodes());
        Instant synced = fullnode.syncedAt();
        if (synced != null) {
            gauge(
                    "flowshield_fullnode_synced_time_seconds",
                    "When it last caught up with another fullnode, in seconds since 1970.",
                    "" + synced.getEpochSecond());
        }
        gauge(
                "flowshield_fullnode_serving",
                "1 while it answers: the chain is heard of.",
                fullnode.trouble() == null ? "1" : "0");
    }

    private void swarm(SwarmCounts swarm) {
        String reach =
                switch (swarm.reach()) {
                    case Reach.Proven _ -> "proven";
                    case Reach.NotProven _ -> "not_proven";
                    case Reach.Pending _, Reach.Unknown _ -> "unknown";
                };
        family(
                "flowshield_reach",
                "gauge",
                "1 for whether others get to this node: it is proven, none that tried got"
                        + " through, or nobody has tried.",
                Stream.of("proven", "not_proven", "unknown")
                        .map(
                                state ->
                                        new Sample(
                                                Map.of("state", state),
                                                state.equals(reach) ? 1 : 0))
                        .toList());
        family(
                "flowshield_dial_backs_total",
                "counter",
                "Addresses that peers asked to be dialled at, by what became of it.",
                List.of(
                        new Sample(Map.of("outcome", "reached"), swarm.dials().reached()),
                        new Sample(
                                Map.of("outcome", "failed"),
                                swarm.dials().dialled() - swarm.dials().reached()),
                        new Sample(Map.of("outcome", "refused"), swarm.dials().refused())));
        dht(swarm.dht());
        pubsub(swarm.pubsub());
    }

    private void dht(DhtCounts dht) {
        gauge("flowshield_dht_peers", "Peers in the table of the DHT.", "" + dht.peers());
        counter("flowshield_dht_searches_total", "Searches of the DHT", dht.searches());
        counter(
                "flowshield_dht_failed_searches_total",
                "Searches of the DHT in which nobody answered",
                dht.failed());
        family(
                "flowshield_dht_requests_total",
                "counter",
                "Requests of searches, by whether they were answered.",
                List.of(
                        new Sample(Map.of("outcome", "answered"), dht.answered()),
                        new Sample(Map.of("outcome", "unanswered"), dht.unanswered())));
    }

    private void pubsub(PubSubCounts pubsub) {
        gauge("flowshield_pubsub_peers", "Peers that speak pubsub.", "" + pubsub.peers());
        gauge(
                "flowshield_pubsub_outcasts",
                "Of them, those whose score keeps them out of every mesh.",
                "" + pubsub.outcasts());
        family(
                "flowshield_pubsub_mesh_peers",
                "gauge",
                "Peers with whom whole messages of a topic are exchanged.",
                pubsub.meshes().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey(Comparator.comparing(Topic::toString)))
                        .map(
                                mesh ->
                                        new Sample(
                                                Map.of("topic", mesh.getKey().toString()),
                                                mesh.getValue()))
                        .toList());
        counter(
                "flowshield_pubsub_delivered_total",
                "Messages of others that were accepted",
                pubsub.delivered());
        counter(
                "flowshield_pubsub_refused_total",
                "Messages that were badly signed, or rejected for what they say",
                pubsub.refused());
        counter(
                "flowshield_pubsub_shed_total",
                "Peers that were thrown out for what they did",
                pubsub.shed());
    }

    /** Amounts in whole FLOW, as far as a number of Prometheus goes. */
    private void payment(PaymentStatus payment) {
        NetworkStatus network = payment.network();
        if (network == null) {
            return;
        }
        gauge(
                "flowshield_chain_reachable",
                "1 while the chain answers.",
                network.rpc() == NetworkStatus.Rpc.REACHABLE ? "1" : "0");
        Long block = network.block();
        if (block != null) {
            gauge("flowshield_chain_block", "The newest block that is known.", "" + block);
        }
        flow("flowshield_paid_flow_total", "Signed away in vouchers, in FLOW.", payment.paid());
        flow("flowshield_earned_flow_total", "Earned by vouchers, in FLOW.", payment.earned());
        flow("flowshield_settled_flow_total", "Of it paid out on chain.", payment.settled());
        TokenAmount purse = payment.purse();
        if (purse != null) {
            gauge("flowshield_purse_flow", "Free for channels, in FLOW.", purse.decimal());
        }
        Wei gas = payment.operatorGas();
        if (gas != null) {
            gauge("flowshield_operator_gas", "What pays for gas, in coins.", gas.decimal());
        }
    }

    private void flow(String name, String help, TokenAmount amount) {
        family(name, "counter", help, List.of(new Sample(Map.of(), amount.decimal())));
    }

    private void gauge(String name, String help, String value) {
        family(name, "gauge", help, List.of(new Sample(Map.of(), value)));
    }

    private void traffic(String prefix, String whose, Traffic traffic) {
        counter(prefix + "_sent_bytes_total", "Inner bytes sent in " + whose, traffic.sentBytes());
        counter(
                prefix + "_received_bytes_total",
                "Inner bytes received in " + whose,
                traffic.receivedBytes());
        counter(
                prefix + "_dropped_packets_total",
                "Inner packets dropped in " + whose,
                traffic.dropped());
    }

    private void counter(String name, String help, long value) {
        family(name, "counter", help + ".", List.of(new Sample(Map.of(), value)));
    }

    private void limits(List<LimitStatus> limits) {
        List<Sample> used = new ArrayList<>();
        List<Sample> most = new ArrayList<>();
        List<Sample> refused = new ArrayList<>();
        for (LimitStatus limit : limits) {
            Map<String, String> label = Map.of("limit", limit.name());
            used.add(new Sample(label, limit.used()));
            most.add(new Sample(label, limit.limit()));
            refused.add(new Sample(label, limit.refused()));
        }
        family("flowshield_limit_used", "gauge", "How much of a limit is used.", used);
        family("flowshield_limit", "gauge", "The limit.", most);
        family("flowshield_limit_refused_total", "counter", "How often it was reached.", refused);
    }

    private void family(String name, String type, String help, List<Sample> samples) {
        if (samples.isEmpty()) {
            return;
        }
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        for (Sample sample : samples) {
            text.append(name);
            sample.labels().forEach(this::label);
            text.append(' ').append(sample.value()).append('\n');
        }
    }

    /** No metric has more than one. */
    private void label(String name, String value) {
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        text.append('{').append(name).append("=\"").append(escaped).append("\"}");
    }
}

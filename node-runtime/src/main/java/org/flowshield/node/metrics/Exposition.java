package org.flowshield.node.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.LimitStatus;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.Traffic;

/**
 * A node's status in Prometheus' text format, version 0.0.4. Pure. No metric names a client or a
 * destination.
 */
final class Exposition {

    private final StringBuilder text = new StringBuilder();

    private Exposition() {}

    /** The whole page. */
    static String of(NodeStatus status) {
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
        page.limits(status.limits());
        return page.text.toString();
    }

    private record Sample(Map<String, String> labels, long value) {}

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
    }

    private void provider(ProviderStatus provider) {
        family(
                "flowshield_provider_sessions",
                "gauge",
                "Clients that are served now.",
                List.of(new Sample(Map.of(), provider.sessions().size())));
        traffic("flowshield_provider", "all sessions", provider.traffic());
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

package org.flowshield.app.preferences;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.settings.Settings;
import org.flowshield.app.text.FreeText;
import org.flowshield.app.text.Redaction;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.FullnodeStatus;
import org.flowshield.node.api.LimitStatus;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.logs.LogEntry;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.api.logs.LogQuery;
import org.flowshield.node.api.payment.NetworkStatus;
import org.flowshield.node.api.payment.PaymentStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a person sends to who helps them, in English: versions, the system, and how the service
 * stands. Of addresses, keys, peers, countries, amounts and bytes nothing is put in; what messages
 * name of these is taken out by {@link Redaction}, and of logs nothing is left in but what {@link
 * FreeText} knows. Pure.
 */
final class Report {

    /** What of a log is put in. */
    static final LogQuery TROUBLES = new LogQuery(50, LogLevel.WARN);

    /** Of a stack trace the first causes. */
    private static final int MAX_LINES = 40;

    /**
     * The last warnings and errors, the oldest first. Immutable.
     *
     * @param service null: it did not say
     */
    record Troubles(@Nullable List<LogEntry> service, List<LogEntry> app) {}

    private final StringBuilder text = new StringBuilder();

    private Report() {}

    static String of(
            Facts facts, Settings settings, DaemonState state, Troubles troubles, Instant now) {
        Report report = new Report();
        report.app(facts, settings, now);
        switch (state) {
            case DaemonState.Unknown _ -> report.line("service", "not asked yet");
            case DaemonState.Away(var reason, var why) ->
                    report.line("service", "away, " + reason + ": " + FreeText.of(why));
            case DaemonState.Live(var status) -> report.service(status, now);
        }
        report.log("service log", troubles.service());
        report.log("app log", troubles.app());
        return Redaction.of(report.text.toString());
    }

    private void app(Facts facts, Settings settings, Instant now) {
        text.append("FlowShield report\n\n");
        line("made", now.truncatedTo(ChronoUnit.MINUTES).toString());
        line("app", facts.version());
        line("system", facts.system());
        line("runtime", facts.runtime());
        line("desktop", facts.desktop());
        line("language", settings.language() == null ? "system" : settings.language().code());
        line("theme", settings.brightness().toString());
        line("network file", facts.network() == null ? "none" : "given");
    }

    private void service(NodeStatus status, Instant now) {
        line("service", status.version());
        line("up for", minutes(status.startedAt(), now));
        for (RoleStatus role : status.roles()) {
            line("role " + role.name().label(), role.state() + problem(role.problem()));
        }
        if (status.client() != null) {
            client(status.client(), now);
        }
        if (status.provider() != null) {
            provider(status.provider());
        }
        if (status.fullnode() != null) {
            fullnode(status.fullnode());
        }
        payment(status.payment(), now);
        for (LimitStatus limit : status.limits()) {
            if (limit.refused() > 0) {
                line(
                        "limit " + limit.name(),
                        limit.used() + " of " + limit.limit() + ", reached " + limit.refused());
            }
        }
    }

    private void client(ClientStatus client, Instant now) {
        line("client", client.state() + ", for " + minutes(client.since(), now));
        line("client attempts", client.attempt() + problem(client.problem()));
        if (client.tunnel() != null) {
            var tunnel = client.tunnel();
            line(
                    "client tunnel",
                    "mtu %d, lanes %d, datagram lane %s, v4 %s, v6 %s"
                            .formatted(
                                    tunnel.mtu(),
                                    tunnel.lanes(),
                                    tunnel.datagramLane(),
                                    tunnel.ipv4() != null,
                                    tunnel.ipv6() != null));
        }
        line("client dropped packets", Long.toString(client.traffic().dropped()));
        for (FailedProvider failed : client.failed()) {
            line("client gave one up", problem(failed.problem()));
        }
        if (client.payment() != null) {
            line("client payment", "paid" + problem(client.payment().problem()));
        }
    }

    private void provider(ProviderStatus provider) {
        line(
                "provider reach",
                provider.reach().state() + ": " + FreeText.of(provider.reach().detail()));
        line(
                "provider exit",
                "mtu %d, v4 %s, v6 %s".formatted(provider.mtu(), provider.ipv4(), provider.ipv6()));
        line("provider sessions", Integer.toString(provider.sessions().size()));
        for (Map.Entry<String, Long> rule : new TreeMap<>(provider.refused()).entrySet()) {
            line("provider refused, " + rule.getKey(), Long.toString(rule.getValue()));
        }
        for (var session : provider.sessions()) {
            if (session.payment() != null && session.payment().problem() != null) {
                line("provider session", problem(session.payment().problem()));
            }
        }
    }

    private void fullnode(FullnodeStatus fullnode) {
        line(
                "fullnode",
                "offers %d, online %d, others %d, dropped %d, lies %d"
                        .formatted(
                                fullnode.offers(),
                                fullnode.online(),
                                fullnode.fullnodes(),
                                fullnode.dropped(),
                                fullnode.lies()));
        if (fullnode.trouble() != null) {
            line("fullnode trouble", FreeText.of(fullnode.trouble()));
        }
    }

    private void payment(PaymentStatus payment, Instant now) {
        NetworkStatus network = payment.network();
        if (network == null) {
            line("chain", "none" + problem(payment.problem()));
            return;
        }
        line("chain", network.chainId() + ", " + network.rpc() + ", " + network.identities());
        line(
                "chain answered",
                network.asOf() == null ? "never" : minutes(network.asOf(), now) + " ago");
        line(
                "payment",
                "wallet %s, authorised %s, gas %s"
                                .formatted(
                                        payment.wallet() != null,
                                        payment.authorisation() != null,
                                        payment.operatorGas() != null
                                                && !payment.operatorGas().isZero())
                        + problem(payment.problem()));
    }

    private void log(String name, @Nullable List<LogEntry> entries) {
        line(name, entries == null ? "not known" : "last warnings and errors: " + entries.size());
        if (entries != null) {
            entries.forEach(this::entry);
        }
    }

    private void entry(LogEntry entry) {
        List<String> lines = entry.message().lines().toList();
        text.append(entry.at().truncatedTo(ChronoUnit.SECONDS))
                .append(' ')
                .append(entry.level())
                .append(' ')
                .append(entry.source())
                .append(": ")
                .append(lines.isEmpty() ? "" : FreeText.of(lines.getFirst()))
                .append('\n');
        lines.stream()
                .skip(1)
                .limit(MAX_LINES)
                .forEach(line -> text.append("    ").append(FreeText.of(line)).append('\n'));
    }

    private static String problem(@Nullable Problem problem) {
        return problem == null
                ? ""
                : " [" + problem.code() + ": " + FreeText.of(problem.message()) + "]";
    }

    private static String minutes(Instant since, Instant now) {
        return Duration.between(since, now).toMinutes() + " min";
    }

    private void line(String name, String value) {
        List<String> lines = value.lines().toList();
        text.append(name).append(": ").append(String.join(" ", lines)).append('\n');
    }
}

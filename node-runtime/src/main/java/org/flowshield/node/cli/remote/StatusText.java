package org.flowshield.node.cli.remote;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.FullnodeStatus;
import org.flowshield.node.api.LimitStatus;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.PortStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.ReachStatus;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.TunnelStatus;
import org.flowshield.node.api.payment.SessionPayment;

/** A status as people read it. Pure: the time and its zone are given. */
final class StatusText {

    /** A limit is worth a line when four fifths of it are used, or when it was ever reached. */
    private static final double NEAR = 0.8;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final Instant now;
    private final ZoneId zone;

    StatusText(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** The whole status, a label and a value in each line. */
    List<String> table(NodeStatus status) {
        List<String> lines = new ArrayList<>();
        ClientStatus client = status.client();
        if (client == null) {
            row(lines, "client", "off");
        } else {
            client(lines, client);
        }
        ProviderStatus provider = status.provider();
        if (provider != null) {
            provider(lines, provider);
        }
        FullnodeStatus fullnode = status.fullnode();
        if (fullnode != null) {
            fullnode(lines, fullnode);
        }
        new MoneyText(zone).payment(lines, status.payment());
        row(
                lines,
                "roles",
                status.roles().stream().map(this::role).collect(Collectors.joining(", ")));
        status.roles().stream()
                .flatMap(role -> Stream.ofNullable(role.problem()))
                .forEach(problem -> problem(lines, problem));
        status.limits().stream()
                .filter(StatusText::isWorthALine)
                .forEach(limit -> row(lines, "limit", limit(limit)));
        row(
                lines,
                "node",
                status.peerId()
                        + ", version "
                        + status.version()
                        + ", "
                        + since(status.startedAt()));
        return lines;
    }

    /** What matters while it changes, in one line. */
    String line(NodeStatus status) {
        StringBuilder line = new StringBuilder(CLOCK.format(now.atZone(zone)));
        ClientStatus client = status.client();
        if (client == null) {
            line.append("  client off");
        } else {
            line.append("  ").append(word(client)).append("  ").append(bytes(client.traffic()));
            SessionPayment payment = client.payment();
            if (payment != null) {
                line.append("  paid ").append(MoneyText.flow(payment.paid()));
            }
        }
        ProviderStatus provider = status.provider();
        if (provider != null) {
            line.append("  |  serves ")
                    .append(sessions(provider))
                    .append("  ")
                    .append(bytes(provider.traffic()));
        }
        return line.toString();
    }

    /** The end of an attempt that succeeded, in one line. */
    String connected(ClientStatus client) {
        TunnelStatus tunnel = client.tunnel();
        return word(client)
                + " to "
                + client.provider()
                + (tunnel == null ? "" : ", " + tunnel(tunnel))
                + (client.payment() == null
                        ? ""
                        : ", " + client.payment().pricePerGib() + " per GiB");
    }

    /** What a client does at the moment, in one line. */
    static String progress(ClientStatus client) {
        Problem problem = client.problem();
        return word(client)
                + (client.attempt() > 0 ? ", " + client.attempt() + " failed so far" : "")
                + (problem == null ? "" : ": " + problem.message());
    }

    String role(RoleStatus role) {
        return role.name().label() + " " + new ScheduleText(now, zone).state(role);
    }

    private void client(List<String> lines, ClientStatus client) {
        row(lines, "client", word(client) + ", " + since(client.since()));
        if (client.provider() != null) {
            row(lines, "provider", client.provider());
        }
        TunnelStatus tunnel = client.tunnel();
        if (tunnel != null) {
            row(lines, "tunnel", tunnel(tunnel));
            row(
                    lines,
                    "names",
                    tunnel.dns().isEmpty() ? "nobody" : String.join(", ", tunnel.dns()));
        }
        traffic(lines, client.traffic());
        SessionPayment payment = client.payment();
        if (payment != null) {
            MoneyText.session(lines, payment);
        }
        Problem problem = client.problem();
        if (problem != null) {
            problem(lines, problem);
        }
        for (FailedProvider failed : client.failed()) {
            row(lines, "given up", failed.provider() + ": " + failed.problem().message());
        }
        Instant next = client.nextAttempt();
        if (next != null) {
            row(
                    lines,
                    "next try",
                    CLOCK.format(next.atZone(zone)) + ", " + client.attempt() + " failed so far");
        }
    }

    private void provider(List<String> lines, ProviderStatus provider) {
        row(lines, "serves", sessions(provider) + ", MTU " + grouped(provider.mtu()));
        provider.multiaddrs().forEach(address -> row(lines, "address", address));
        reach(lines, provider.reach());
        provider.ports().forEach(port -> row(lines, "router", port(port)));
        traffic(lines, provider.traffic());
        provider.refused().entrySet().stream()
                .filter(refused -> refused.getValue() > 0)
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(
                        refused ->
                                row(
                                        lines,
                                        "refused",
                                        grouped(refused.getValue())
                                                + " packets by "
                                                + refused.getKey()));
    }

    private String port(PortStatus port) {
        String problem = port.problem() == null ? "" : ": " + port.problem();
        return switch (port.state()) {
            case ASKING -> "is asked to pass on port " + port.port();
            case MAPPED ->
                    "passes %s on to port %d, by %s%s%s"
                            .formatted(
                                    port.address(),
                                    port.port(),
                                    port.protocol(),
                                    port.until() == null
                                            ? ""
                                            : ", until "
                                                    + CLOCK.format(port.until().atZone(zone))
                                                    + " unless renewed",
                                    problem);
            case FAILED -> "does not pass on port " + port.port() + problem;
        };
    }

    private void fullnode(List<String> lines, FullnodeStatus fullnode) {
        row(
                lines,
                "market",
                "%s offers, %s online, %s stale, of %s wallets"
                        .formatted(
                                grouped(fullnode.offers()),
                                grouped(fullnode.online()),
                                grouped(fullnode.stale()),
                                grouped(fullnode.wallets())));
        row(
                lines,
                "answered",
                "%s questions, %s refused"
                        .formatted(grouped(fullnode.answered()), grouped(fullnode.refused())));
        Instant synced = fullnode.syncedAt();
        row(
                lines,
                "fullnodes",
                grouped(fullnode.fullnodes())
                        + " others"
                        + (synced == null
                                ? ", none caught up with yet"
                                : ", caught up at " + CLOCK.format(synced.atZone(zone))));
        if (fullnode.dropped() > 0 || fullnode.lies() > 0) {
            row(
                    lines,
                    "dropped",
                    "%s messages that were too many, %s that nobody had signed"
                            .formatted(grouped(fullnode.dropped()), grouped(fullnode.lies())));
        }
        fullnode.multiaddrs().forEach(address -> row(lines, "address", address));
        reach(lines, fullnode.reach());
        if (fullnode.http() != null) {
            row(lines, "explorer", fullnode.http());
        }
        if (fullnode.trouble() != null) {
            row(lines, "serves", "nothing: " + fullnode.trouble());
        }
    }

    private static void traffic(List<String> lines, Traffic traffic) {
        row(lines, "sent", carried(traffic.sentBytes(), traffic.sentPackets()));
        row(lines, "received", carried(traffic.receivedBytes(), traffic.receivedPackets()));
        if (traffic.dropped() > 0) {
            row(lines, "dropped", grouped(traffic.dropped()) + " packets");
        }
    }

    static void problem(List<String> lines, Problem problem) {
        row(lines, "problem", problem.message());
        row(lines, "", "-> " + problem.action());
    }

    private static String tunnel(TunnelStatus tunnel) {
        return Stream.of(
                        Stream.of(tunnel.device()),
                        Stream.ofNullable(tunnel.ipv4()),
                        Stream.ofNullable(tunnel.ipv6()),
                        Stream.of(
                                "MTU " + grouped(tunnel.mtu()),
                                tunnel.lanes() + (tunnel.lanes() == 1 ? " lane" : " lanes")))
                .flatMap(part -> part)
                .collect(Collectors.joining(", "));
    }

    private static void reach(List<String> lines, ReachStatus reach) {
        row(lines, "reached", reach.detail());
        String action = reach.action();
        if (action != null) {
            row(lines, "to do", action);
        }
    }

    private static String sessions(ProviderStatus provider) {
        int count = provider.sessions().size();
        return grouped(count) + (count == 1 ? " session" : " sessions");
    }

    private static boolean isWorthALine(LimitStatus limit) {
        return limit.refused() > 0 || limit.used() >= NEAR * limit.limit();
    }

    private static String limit(LimitStatus limit) {
        return limit.name()
                + " "
                + grouped(limit.used())
                + " of "
                + grouped(limit.limit())
                + (limit.refused() > 0 ? ", reached " + grouped(limit.refused()) + " times" : "");
    }

    private static String carried(long bytes, long packets) {
        return grouped(bytes) + " bytes in " + grouped(packets) + " packets";
    }

    private static String bytes(Traffic traffic) {
        return "sent "
                + grouped(traffic.sentBytes())
                + "  received "
                + grouped(traffic.receivedBytes());
    }

    private String since(Instant start) {
        Duration lasted = Duration.between(start, now);
        return "since "
                + TIME.format(start.atZone(zone))
                + (lasted.isNegative() ? "" : " (" + lasted(lasted) + ")");
    }

    private static String lasted(Duration lasted) {
        if (lasted.toDays() > 0) {
            return lasted.toDays() + " d " + lasted.toHoursPart() + " h";
        }
        if (lasted.toHours() > 0) {
            return lasted.toHours() + " h " + lasted.toMinutesPart() + " min";
        }
        return lasted.toMinutes() > 0
                ? lasted.toMinutes() + " min " + lasted.toSecondsPart() + " s"
                : lasted.toSeconds() + " s";
    }

    private static String word(ClientStatus client) {
        boolean held = client.state() == ClientState.RECONNECTING && client.provider() == null;
        return held ? "blocked" : lower(client.state());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static void row(List<String> lines, String label, String value) {
        lines.add(String.format(Locale.ROOT, "%-10s %s", label, value));
    }
}

package org.flowshield.bench.udp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.node.cli.FlowShield;
import org.flowshield.node.cli.Output;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./dev bench udp}: a steady stream of datagrams from a client to a server in the internet
 * and back again, first on the plain path through the router, then through the tunnel.
 */
@Command(
        name = "udp",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Loss and delay of datagrams at a steady rate, plain and through the tunnel.",
            "Needs root. The machine should do nothing else."
        })
public final class UdpBench implements Callable<Integer> {

    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final String DEVICES = "flowshield";
    private static final int PORT = 5201;
    private static final int BITS = 8;
    private static final double MILLI = 1e6;

    /** The JIT compilers of a tunnel's ends have done most by then. */
    private static final int WARM_UP_SECONDS = 8;

    /** And those of the sender and the receiver, which are new for each stream. */
    private static final int BEFORE_SECONDS = 3;

    @Mixin private final Output output = new Output();

    @Option(names = "--mbit", paramLabel = "N", description = "Of payload (default: 200).")
    private int mbit = 200;

    @Option(names = "--bytes", paramLabel = "N", description = "Of each datagram (default: 1200).")
    private int bytes = 1200;

    @Option(names = "--seconds", paramLabel = "N", description = "Of each stream (default: 10).")
    private int seconds = 10;

    /** One stream. */
    private record Row(String path, String direction, UdpResult result, long droppedAtDevices) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        try (Lab lab = Lab.create(_ -> {})) {
            both(lab, "plain", rows);
            output.progress("starting the tunnel");
            startTunnel(lab);
            var _ = up(lab, WARM_UP_SECONDS);
            var _ = down(lab, WARM_UP_SECONDS);
            both(lab, "tunnel", rows);
        }
        output.print(table(rows), json(rows));
        return 0;
    }

    private void both(Lab lab, String path, List<Row> rows)
            throws LabException, InterruptedException {
        output.progress(path + ": up");
        long before = droppedAtDevices(lab);
        UdpResult up = up(lab, seconds);
        long between = droppedAtDevices(lab);
        rows.add(new Row(path, "up", up, between - before));
        output.progress(path + ": down");
        UdpResult down = down(lab, seconds);
        rows.add(new Row(path, "down", down, droppedAtDevices(lab) - between));
    }

    /** What found the queue of a tunnel's device full, because its reader was late. */
    private static long droppedAtDevices(Lab lab) throws LabException, InterruptedException {
        long dropped = 0;
        for (Namespace namespace : List.of(Namespace.CLIENT, Namespace.PROVIDER)) {
            String said = lab.run(namespace, "ip", "-s", "-j", "link").output();
            for (JsonNode link : JsonMapper.shared().readTree(said)) {
                if (link.path("ifname").asString().startsWith(DEVICES)) {
                    dropped += link.at("/stats64/tx/dropped").asLong();
                }
            }
        }
        return dropped;
    }

    private UdpResult up(Lab lab, int duration) throws LabException, InterruptedException {
        try (LabProcess sink =
                        lab.startJava(
                                Namespace.INTERNET, UdpSink.class, "at", Integer.toString(PORT));
                LabProcess source = source(lab, sink, duration)) {
            return result(sink, source, duration);
        }
    }

    private LabProcess source(Lab lab, LabProcess sink, int duration)
            throws LabException, InterruptedException {
        awaitReady(sink);
        return lab.startJava(
                Namespace.CLIENT,
                UdpSource.class,
                "to",
                Link.INTERNET.ipv4().getHostAddress(),
                Integer.toString(PORT),
                rate(),
                Integer.toString(bytes),
                Integer.toString(duration),
                Integer.toString(BEFORE_SECONDS));
    }

    private UdpResult down(Lab lab, int duration) throws LabException, InterruptedException {
        try (LabProcess source =
                        lab.startJava(
                                Namespace.INTERNET,
                                UdpSource.class,
                                "at",
                                Integer.toString(PORT),
                                rate(),
                                Integer.toString(bytes),
                                Integer.toString(duration),
                                Integer.toString(BEFORE_SECONDS));
                LabProcess sink = sink(lab, source)) {
            return result(sink, source, duration);
        }
    }

    private static LabProcess sink(Lab lab, LabProcess source)
            throws LabException, InterruptedException {
        awaitReady(source);
        return lab.startJava(
                Namespace.CLIENT,
                UdpSink.class,
                "from",
                Link.INTERNET.ipv4().getHostAddress(),
                Integer.toString(PORT));
    }

    private String rate() {
        return Long.toString(mbit * 1_000_000L / BITS / bytes);
    }

    private static void awaitReady(LabProcess process) throws LabException, InterruptedException {
        var _ = process.awaitLine(UdpSink.READY, UdpSink.READY::equals, START_WITHIN);
    }

    private static UdpResult result(LabProcess sink, LabProcess source, int duration)
            throws LabException, InterruptedException {
        Duration patience = START_WITHIN.plusSeconds(BEFORE_SECONDS + duration);
        var _ = source.awaitSuccess(patience);
        String said = sink.awaitSuccess(patience).output();
        String line = said.lines().filter(text -> text.startsWith("{")).findFirst().orElseThrow();
        return JsonMapper.shared().readValue(line, UdpResult.class);
    }

    private static void startTunnel(Lab lab) throws LabException, InterruptedException {
        LabProcess provider =
                lab.startJava(
                        Namespace.PROVIDER,
                        FlowShield.class,
                        "node",
                        "provider",
                        "--free",
                        "--listen",
                        "/ip4/" + Link.PROVIDER.ipv4().getHostAddress() + "/tcp/4001",
                        "--json");
        String listening = event(provider, "listening");
        LabProcess client =
                lab.startJava(
                        Namespace.CLIENT,
                        FlowShield.class,
                        "node",
                        "client",
                        JsonMapper.shared().readTree(listening).at("/multiaddrs/0").asString(),
                        "--json");
        var _ = event(client, "connected");
    }

    private static String event(LabProcess node, String event)
            throws LabException, InterruptedException {
        String mark = "{\"event\":\"" + event + "\"";
        return node.awaitLine(event, line -> line.startsWith(mark), START_WITHIN);
    }

    private String table(List<Row> rows) {
        StringBuilder table =
                new StringBuilder(
                        "%d Mbit/s of %d-byte datagrams for %d s (delays in ms)%n%n"
                                .formatted(mbit, bytes, seconds));
        table.append(
                "%-8s %-5s %9s %9s %8s %9s %7s %9s %8s %8s %8s%n"
                        .formatted(
                                "path",
                                "",
                                "sent",
                                "received",
                                "at door",
                                "at device",
                                "loss %",
                                "reordered",
                                "median",
                                "p99",
                                "worst"));
        for (Row row : rows) {
            UdpResult result = row.result();
            table.append(
                    "%-8s %-5s %9d %9d %8d %9d %7.3f %9d %8.3f %8.3f %8.3f%n"
                            .formatted(
                                    row.path(),
                                    row.direction(),
                                    result.sent(),
                                    result.received(),
                                    result.droppedAtDoor(),
                                    row.droppedAtDevices(),
                                    result.loss(),
                                    result.reordered(),
                                    result.median() / MILLI,
                                    result.p99() / MILLI,
                                    result.worst() / MILLI));
        }
        table.append("%np99 beyond the plain path's:".formatted());
        for (int direction = 0; direction < rows.size() / 2; direction++) {
            table.append(
                    " %s %.3f ms"
                            .formatted(
                                    rows.get(direction).direction(),
                                    extra(rows, direction) / MILLI));
        }
        return table.append("%n".formatted()).toString();
    }

    /** The rows of the plain path come first, in the same order. */
    private static double extra(List<Row> rows, int direction) {
        Row tunnel = rows.get(rows.size() / 2 + direction);
        return tunnel.result().p99() - rows.get(direction).result().p99();
    }

    private Map<String, Object> json(List<Row> rows) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("benchmark", "udp");
        json.put("mbit", mbit);
        json.put("bytes", bytes);
        json.put("seconds", seconds);
        json.put("streams", rows);
        return json;
    }
}

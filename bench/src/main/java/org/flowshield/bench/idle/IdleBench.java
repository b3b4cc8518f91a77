package org.flowshield.bench.idle;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flowshield.bench.Statistics;
import org.flowshield.bench.measure.Footprint;
import org.flowshield.bench.measure.ServingProcess;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.cli.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * Thousands of connections that do nothing, on one node. The node is a process of its own, its
 * peers are in this one, each with a key, a loopback address and some connections (TLS, yamux) of
 * its own; the node asks each who it is. Measured beside what the node was before: its memory, and
 * how long a newcomer waits until a ping of its is answered.
 */
@Command(
        name = "idle",
        mixinStandardHelpOptions = true,
        description = "What idle libp2p connections cost a node, and newcomers beside them.")
public final class IdleBench implements Callable<Integer> {

    private static final double MIB = 1024 * 1024;
    private static final double NANOS_PER_MILLI = 1e6;

    /** Dials under way. */
    private static final int AT_ONCE = 16;

    private static final int NEWCOMERS = 60;

    @Mixin private final Output output = new Output();

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "How many (default: 10000). Each process opens as many files.")
    private int connections = 10_000;

    @Option(
            names = "--peers",
            paramLabel = "N",
            description = "Keys and addresses that they come from (default: 1300).")
    private int peers = 1_300;

    @Option(
            names = "--greetings",
            paramLabel = "N",
            description = "New connections that are timed (default: 300).")
    private int greetings = 300;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            description = "Before the measurement (default: 40, longer than a keep-alive).")
    private int settle = 40;

    @Option(
            names = "--books",
            description = "Prints what is in the node's heap, and the JVM's own books.")
    private boolean books;

    private final SecureRandom random = new SecureRandom();
    private final List<IdlePeer> idle = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> jvm = books ? List.of("-XX:NativeMemoryTracking=summary") : List.of();
        try (ServingProcess node =
                ServingProcess.start(ServingNode.class, jvm, Integer.toString(connections))) {
            Multiaddr address = node.address();
            // The first ones load classes, which is no connection's cost.
            List<Double> alone = greet(address);
            JsonNode before = node.ask("measure");
            connect(address);
            output.progress("waiting " + settle + " s");
            Thread.sleep(Duration.ofSeconds(settle));
            JsonNode after = node.ask("measure");
            check(after);
            if (books) {
                output.progress(head(node.ask("histogram").path("text").asString()));
                output.progress(node.ask("native").path("text").asString());
            }
            List<Double> beside = greet(address);
            check(node.ask("measure"));
            report(before, after, alone, beside);
        } finally {
            idle.forEach(IdlePeer::close);
        }
        return 0;
    }

    private void connect(Multiaddr address) throws IOException, InterruptedException {
        output.progress("connecting %d times from %d peers".formatted(connections, peers));
        for (int number = 0; number < peers; number++) {
            idle.add(new IdlePeer(NEWCOMERS + number, random));
        }
        long start = System.nanoTime();
        try (ExecutorService dialling = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> dials = new ArrayList<>();
            for (int number = 0; number < connections; number++) {
                IdlePeer peer = idle.get(number % peers);
                dials.add(
                        dialling.submit(
                                () -> {
                                    peer.dial(address);
                                    return true;
                                }));
            }
            for (Future<?> dial : dials) {
                dial.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("not all can connect: " + e.getCause(), e);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        output.progress("%.0f connections a second".formatted(connections / seconds));
    }

    /** One after the other, from addresses that nothing else comes from, in milliseconds. */
    private List<Double> greet(Multiaddr address) throws IOException {
        List<IdlePeer> newcomers = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        try {
            for (int number = 0; number < NEWCOMERS; number++) {
                newcomers.add(new IdlePeer(number, random));
            }
            for (int number = 0; number < greetings; number++) {
                Duration time = newcomers.get(number % NEWCOMERS).greet(address);
                times.add(time.toNanos() / NANOS_PER_MILLI);
            }
        } finally {
            newcomers.forEach(IdlePeer::close);
        }
        return times;
    }

    private void check(JsonNode told) throws IOException {
        long here = idle.stream().mapToLong(IdlePeer::open).sum();
        int there = told.path("connections").asInt();
        if (here != connections || there < connections) {
            throw new IOException(
                    "of %d connections %d are left here and %d at the node"
                            .formatted(connections, here, there));
        }
    }

    private static String head(String histogram) {
        return String.join("\n", histogram.lines().limit(45).toList());
    }

    private void report(JsonNode before, JsonNode after, List<Double> alone, List<Double> beside) {
        Map<String, Long> without = footprint(before);
        Map<String, Long> with = footprint(after);
        StringBuilder table =
                new StringBuilder(
                        "%d idle connections of %d peers and addresses (MiB)%n%n"
                                .formatted(connections, peers));
        table.append("%-22s %9s %9s %9s%n".formatted("", "before", "with", "more"));
        Map<String, Object> more = new LinkedHashMap<>();
        with.forEach(
                (name, value) -> {
                    long base = without.getOrDefault(name, 0L);
                    double unit = name.equals("threads") ? 1 : MIB;
                    more.put(name, value - base);
                    table.append(
                            "%-22s %9.1f %9.1f %9.1f%n"
                                    .formatted(
                                            name,
                                            base / unit,
                                            value / unit,
                                            (value - base) / unit));
                });
        table.append("%n%-22s %9s %9s %9s%n".formatted("newcomer (ms)", "median", "p99", "most"));
        line(table, "before", alone);
        line(table, "with", beside);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("connections", connections);
        json.put("peers", peers);
        json.put("before", without);
        json.put("with", with);
        json.put("more", more);
        json.put("newcomerP99Millis", Statistics.quantile(beside, 0.99));
        output.print(table.toString(), json);
    }

    private static Map<String, Long> footprint(JsonNode told) {
        Map<String, Long> all = new LinkedHashMap<>();
        all.put("resident, as it was", told.path("unforced").asLong());
        Footprint.parse(told.path("footprint"))
                .json()
                .forEach(
                        (name, value) ->
                                all.put(
                                        name.equals("resident") ? "resident, collected" : name,
                                        value));
        return all;
    }

    private static void line(StringBuilder table, String name, List<Double> times) {
        table.append(
                "%-22s %9.1f %9.1f %9.1f%n"
                        .formatted(
                                name,
                                Statistics.quantile(times, 0.5),
                                Statistics.quantile(times, 0.99),
                                Statistics.quantile(times, 1)));
    }
}

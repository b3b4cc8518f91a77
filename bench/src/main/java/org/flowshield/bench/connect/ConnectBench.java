package org.flowshield.bench.connect;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.bench.Statistics;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.cli.FlowShield;
import org.flowshield.node.demo.LabDaemon;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./dev bench connect}: the daemons of a provider and a client in a lab; from the request to
 * the client's socket to the first byte of a page that came through the tunnel.
 */
@Command(
        name = "connect",
        description = {
            "From POST /v1/connect to a running daemon to the first byte of a page through the tunnel.",
            "Needs root. The machine should do nothing else."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ConnectBench implements Callable<Integer> {

    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final Duration ROUND_WITHIN = Duration.ofSeconds(30);
    private static final double MUST_MILLIS = 1000;
    private static final double AIM_MILLIS = 150;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NEAR_WORST = 0.95;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "30",
            description = "Connects in one process (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** What one round took, in milliseconds. */
    private record Round(double connected, double firstByte, double disconnected) {

        static Round parse(String line) {
            String[] nanos = line.split(" ", -1);
            return new Round(millis(nanos[0]), millis(nanos[1]), millis(nanos[2]));
        }

        private static double millis(String nanos) {
            return Long.parseLong(nanos) / NANOS_PER_MILLI;
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Round> all;
        try (Lab lab = Lab.create(_ -> {})) {
            all = measure(lab);
        } catch (NoDaemonException | RefusedException e) {
            throw new IOException("a daemon did not do it: " + e.getMessage(), e);
        }
        Map<String, Object> report = report(all);
        if (json) {
            System.out.println(JsonMapper.shared().writeValueAsString(report));
        } else {
            report.forEach((name, value) -> System.out.printf("%-24s %s%n", name, value));
        }
        return 0;
    }

    private List<Round> measure(Lab lab)
            throws LabException, NoDaemonException, RefusedException, InterruptedException {
        var _ = lab.startWebServer();
        try (LabDaemon provider = daemon(lab, Namespace.PROVIDER, "provider");
                LabDaemon client = daemon(lab, Namespace.CLIENT, "client")) {
            LabProcess probe =
                    lab.startJava(
                            Namespace.CLIENT,
                            ConnectProbe.class,
                            client.socket().toString(),
                            provider.multiaddr(),
                            Link.INTERNET.ipv4().getHostAddress(),
                            Integer.toString(rounds));
            String said =
                    probe.awaitSuccess(START_WITHIN.plus(ROUND_WITHIN.multipliedBy(rounds)))
                            .output();
            List<Round> all = new ArrayList<>();
            said.lines()
                    .dropWhile(line -> !line.equals(ConnectProbe.READY))
                    .skip(1)
                    .forEach(line -> all.add(Round.parse(line)));
            client.end();
            provider.end();
            return all;
        }
    }

    private static LabDaemon daemon(Lab lab, Namespace namespace, String role)
            throws LabException, InterruptedException {
        return LabDaemon.start(
                lab,
                namespace,
                FlowShield.class,
                "--free",
                "--set",
                "roles.enabled=" + role,
                "--set",
                "provider.listen=/ip4/" + Link.PROVIDER.ipv4().getHostAddress() + "/tcp/4001");
    }

    private static Map<String, Object> report(List<Round> all) {
        List<Double> firstByte = all.stream().map(Round::firstByte).toList();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("benchmark", "connect");
        report.put("rounds", all.size());
        report.put("cpus", Runtime.getRuntime().availableProcessors());
        report.put("first_connect_ms", rounded(all.getFirst().firstByte()));
        report.put("first_byte_median_ms", rounded(Statistics.quantile(firstByte, 0.5)));
        report.put("first_byte_p95_ms", rounded(Statistics.quantile(firstByte, NEAR_WORST)));
        report.put(
                "connected_median_ms",
                rounded(Statistics.quantile(all.stream().map(Round::connected).toList(), 0.5)));
        report.put(
                "disconnected_median_ms",
                rounded(Statistics.quantile(all.stream().map(Round::disconnected).toList(), 0.5)));
        report.put("meets_must", firstByte.stream().allMatch(millis -> millis <= MUST_MILLIS));
        report.put("meets_aim", Statistics.quantile(firstByte, 0.5) <= AIM_MILLIS);
        return report;
    }

    private static double rounded(double millis) {
        return Math.round(millis * 10) / 10.0;
    }
}

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
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.cli.FlowShield;
import org.flowshield.node.demo.LabDaemon;
import org.flowshield.node.demo.LabMarket;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./dev bench market}: a client that has never been connected to anybody finds a provider of
 * the market, looks it up on the chain, opens a channel, connects, and has the first byte of a
 * page. Each round has a lab, a chain and daemons of its own.
 */
@Command(
        name = "market",
        description = {
            "From POST /v1/connect with {\"provider\":\"best\"} to a daemon that has just started to the first byte of a page",
            "through the tunnel: search, chain, channel, session. Blocks come with transactions here.",
            "Needs root and anvil. The machine should do nothing else."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class MarketBench implements Callable<Integer> {

    private static final Duration WITHIN = Duration.ofSeconds(60);

    /** Beyond the time of one block. */
    private static final double MUST_MILLIS = 3000;

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private static final String PRICE = "0.5";
    private static final String FULLNODE =
            "/ip4/" + Link.INTERNET.ipv4().getHostAddress() + "/tcp/4001";
    private static final double NANOS_PER_MILLI = 1e6;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Labs, one after the other (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Double> connected = new ArrayList<>();
        List<Double> firstByte = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            try (Lab lab = Lab.create(_ -> {})) {
                String[] nanos = measure(lab).split(" ", -1);
                connected.add(Long.parseLong(nanos[0]) / NANOS_PER_MILLI);
                firstByte.add(Long.parseLong(nanos[1]) / NANOS_PER_MILLI);
            } catch (NoDaemonException | RefusedException e) {
                throw new IOException("a daemon did not do it: " + e.getMessage(), e);
            }
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("benchmark", "market");
        report.put("rounds", rounds);
        report.put("cpus", Runtime.getRuntime().availableProcessors());
        report.put("connected_median_ms", rounded(Statistics.quantile(connected, 0.5)));
        report.put("first_byte_median_ms", rounded(Statistics.quantile(firstByte, 0.5)));
        report.put("first_byte_worst_ms", rounded(Statistics.quantile(firstByte, 1)));
        report.put("meets_must", firstByte.stream().allMatch(millis -> millis <= MUST_MILLIS));
        if (json) {
            System.out.println(JsonMapper.shared().writeValueAsString(report));
        } else {
            report.forEach((name, value) -> System.out.printf("%-24s %s%n", name, value));
        }
        return 0;
    }

    private static String measure(Lab lab)
            throws LabException, NoDaemonException, RefusedException, InterruptedException {
        var _ = lab.startWebServer();
        LabMarket market = LabMarket.open(lab, _ -> {});
        try (LabDaemon fullnode =
                daemon(
                        lab,
                        Namespace.INTERNET,
                        market.earning(PRICE),
                        "roles.enabled=fullnode",
                        "fullnode.listen=" + FULLNODE)) {
            String begin = FULLNODE + "/p2p/" + fullnode.api().peerId();
            try (LabDaemon provider =
                            daemon(
                                    lab,
                                    Namespace.PROVIDER,
                                    market.earning(PRICE),
                                    "roles.enabled=provider",
                                    "network.bootstrap=" + begin,
                                    "provider.listen=/ip4/"
                                            + Link.PROVIDER.ipv4().getHostAddress()
                                            + "/tcp/4001");
                    LabDaemon client =
                            daemon(
                                    lab,
                                    Namespace.CLIENT,
                                    market.paying("1"),
                                    "client.max-price=" + PRICE,
                                    "network.bootstrap=" + begin)) {
                market.allow(provider, client);
                awaitListed(lab, market, begin);
                return probe(lab, client);
            }
        }
    }

    private static String probe(Lab lab, LabDaemon client)
            throws LabException, InterruptedException {
        return lab.startJava(
                        Namespace.CLIENT,
                        ConnectProbe.class,
                        client.socket().toString(),
                        "best",
                        Link.INTERNET.ipv4().getHostAddress(),
                        "1")
                .awaitSuccess(WITHIN)
                .output()
                .lines()
                .dropWhile(line -> !line.equals(ConnectProbe.READY))
                .skip(1)
                .findFirst()
                .orElseThrow(() -> new LabException("the probe measured nothing"));
    }

    /** Somebody else looks, so that the client that is measured knows nothing yet. */
    private static void awaitListed(Lab lab, LabMarket market, String begin)
            throws LabException, NoDaemonException, RefusedException, InterruptedException {
        try (LabDaemon other =
                daemon(
                        lab,
                        Namespace.ROUTER,
                        market.earning(PRICE),
                        "roles.enabled=",
                        "network.bootstrap=" + begin)) {
            long end = System.nanoTime() + WITHIN.toNanos();
            while (other.api().market().find(ProviderQuery.ANY).providers().isEmpty()) {
                if (System.nanoTime() > end) {
                    throw new LabException("the provider does not get into the market");
                }
                Thread.sleep(LOOK_EVERY);
            }
            other.end();
        }
    }

    private static LabDaemon daemon(
            Lab lab, Namespace namespace, List<String> money, String... settings)
            throws LabException, InterruptedException {
        List<String> options = new ArrayList<>(money);
        options.addAll(List.of("--set", "network.local=true"));
        for (String setting : settings) {
            options.addAll(List.of("--set", setting));
        }
        return LabDaemon.start(lab, namespace, FlowShield.class, options.toArray(String[]::new));
    }

    private static double rounded(double millis) {
        return Math.round(millis * 10) / 10.0;
    }
}

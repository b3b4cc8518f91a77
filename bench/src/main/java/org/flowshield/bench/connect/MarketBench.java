package org.flowshield.bench.connect;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.flowshield.bench.Statistics;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.cli.FlowShield;
import org.flowshield.node.demo.LabDaemon;
import org.flowshield.node.demo.LabMarket;
import org.flowshield.node.lab.Completed;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import org.jspecify.annotations.Nullable;
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
            "From POST /v1/connect with {\"provider\":\"best\"} to a daemon that has just started"
                    + " to the first byte of a page",
            "through the tunnel: search, chain, channel, session. Blocks come with transactions"
                    + " unless --block-time says when.",
            "Needs root and anvil. The machine should do nothing else."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class MarketBench implements Callable<Integer> {

    private static final Duration WITHIN = Duration.ofSeconds(60);

    /** Beyond the time of one block. */
    private static final double MUST_MILLIS = 3000;

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** Slower chains are not waited for by anybody. */
    private static final int MOST_BLOCK_TIME = 60;

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

    @Option(
            names = "--block-time",
            paramLabel = "SECONDS",
            description = "Have a block each so many seconds, as on a public chain.")
    private int blockTime;

    @Option(
            names = "--cold",
            description =
                    "Count from the start of the client's daemon instead of from the request.")
    private boolean cold;

    @Option(
            names = "--installed",
            paramLabel = "FOLDER",
            description =
                    "With --cold: the daemon that is started is that of this app image"
                            + " (target/dist/flowshield), as users have it; otherwise the"
                            + " checkout's classes are run, without a cache of start-up.")
    private @Nullable Path installed;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** In nanoseconds. */
    private record Round(long connected, long firstByte) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (blockTime < 0 || blockTime > MOST_BLOCK_TIME) {
            throw new IOException("--block-time takes 1 to " + MOST_BLOCK_TIME + " seconds");
        }
        List<Double> connected = new ArrayList<>();
        List<Double> firstByte = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            try (Lab lab = Lab.create(_ -> {})) {
                Round took = measure(lab);
                connected.add(took.connected() / NANOS_PER_MILLI);
                firstByte.add(took.firstByte() / NANOS_PER_MILLI);
            } catch (NoDaemonException | RefusedException e) {
                throw new IOException("a daemon did not do it: " + e.getMessage(), e);
            }
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("benchmark", "market");
        report.put("rounds", rounds);
        report.put("cpus", Runtime.getRuntime().availableProcessors());
        report.put("block_time_s", blockTime);
        report.put("counted_from", cold ? "start of the daemon" : "request");
        report.put("daemon", installed == null ? "checkout" : "installed");
        report.put("connected_median_ms", rounded(Statistics.quantile(connected, 0.5)));
        report.put("first_byte_median_ms", rounded(Statistics.quantile(firstByte, 0.5)));
        report.put("first_byte_worst_ms", rounded(Statistics.quantile(firstByte, 1)));
        double must = MUST_MILLIS + TimeUnit.SECONDS.toMillis(blockTime);
        report.put("meets_must", firstByte.stream().allMatch(millis -> millis <= must));
        if (json) {
            System.out.println(JsonMapper.shared().writeValueAsString(report));
        } else {
            report.forEach((name, value) -> System.out.printf("%-24s %s%n", name, value));
        }
        return 0;
    }

    private Round measure(Lab lab)
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
                    LabDaemon client = client(lab, market, begin)) {
                market.allow(provider, client);
                awaitListed(lab, market, begin);
                if (blockTime > 0) {
                    market.blocksEvery(Duration.ofSeconds(blockTime));
                }
                return cold ? fromCold(lab, market, begin, client) : probe(lab, client);
            }
        }
    }

    private static LabDaemon client(Lab lab, LabMarket market, String begin)
            throws LabException, InterruptedException {
        return daemon(lab, Namespace.CLIENT, market.paying("1"), client(begin));
    }

    private static String[] client(String begin) {
        return new String[] {"client.max-price=" + PRICE, "network.bootstrap=" + begin};
    }

    private static Round probe(Lab lab, LabDaemon client)
            throws LabException, InterruptedException {
        return said(
                lab.startJava(
                                Namespace.CLIENT,
                                ConnectProbe.class,
                                client.socket().toString(),
                                "best",
                                Link.INTERNET.ipv4().getHostAddress(),
                                "1")
                        .awaitSuccess(WITHIN));
    }

    /** The daemon ran once, to be allowed to pay, and has looked for nobody yet. */
    private Round fromCold(Lab lab, LabMarket market, String begin, LabDaemon before)
            throws LabException, InterruptedException {
        before.end();
        LabProcess probe =
                lab.startJava(
                        Namespace.CLIENT,
                        ColdProbe.class,
                        before.socket().toString(),
                        "best",
                        Link.INTERNET.ipv4().getHostAddress());
        String _ = probe.awaitLine(ConnectProbe.READY, ConnectProbe.READY::equals, WITHIN);
        // Anywhere between two blocks.
        Thread.sleep(
                ThreadLocalRandom.current().nextLong(1 + Duration.ofSeconds(blockTime).toMillis()));
        long start = System.nanoTime();
        try (LabDaemon client = started(lab, market, begin)) {
            Round at = said(probe.awaitSuccess(WITHIN));
            client.end();
            return new Round(at.connected() - start, at.firstByte() - start);
        }
    }

    private LabDaemon started(Lab lab, LabMarket market, String begin)
            throws LabException, InterruptedException {
        if (installed == null) {
            return client(lab, market, begin);
        }
        String program = installed.toAbsolutePath().resolve("bin/flowshieldd").toString();
        LabDaemon client =
                LabDaemon.launch(
                        lab,
                        Namespace.CLIENT,
                        lab.data(Namespace.CLIENT),
                        List.of(program),
                        options(market.paying("1"), client(begin)));
        client.awaitSettled();
        return client;
    }

    private static Round said(Completed probe) throws LabException {
        String line =
                probe.output()
                        .lines()
                        .dropWhile(each -> !each.equals(ConnectProbe.READY))
                        .skip(1)
                        .findFirst()
                        .orElseThrow(() -> new LabException("the probe measured nothing"));
        String[] nanos = line.split(" ", -1);
        return new Round(Long.parseLong(nanos[0]), Long.parseLong(nanos[1]));
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
        return LabDaemon.start(lab, namespace, FlowShield.class, options(money, settings));
    }

    private static String[] options(List<String> money, String... settings) {
        List<String> options = new ArrayList<>(money);
        options.addAll(List.of("--set", "network.local=true"));
        for (String setting : settings) {
            options.addAll(List.of("--set", setting));
        }
        return options.toArray(String[]::new);
    }

    private static double rounded(double millis) {
        return Math.round(millis * 10) / 10.0;
    }
}

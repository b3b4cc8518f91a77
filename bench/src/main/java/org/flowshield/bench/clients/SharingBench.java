package org.flowshield.bench.clients;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.bench.measure.ServingProcess;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.cli.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Busy clients of one provider, of which the first stops to read in the second of three phases. The
 * provider floods them all with different rates from its device. What each of the others gets is
 * compared with what the others get, and with what they got before and after.
 */
@Command(
        name = "sharing",
        mixinStandardHelpOptions = true,
        description = "Shares of busy clients, and what is left of them while one reads nothing.")
public final class SharingBench implements Callable<Integer> {

    private static final double MEGABIT = 1e6 / 8;
    private static final int WARM_UP_SECONDS = 5;
    private static final int PHASES = 3;

    @Mixin private final Output output = new Output();

    @Option(names = "--clients", paramLabel = "N", description = "How many (default: 20).")
    private int clients = 20;

    @Option(
            names = "--mbit",
            paramLabel = "N",
            description = "What the provider gives in total; 0 for all it can (default: 200).")
    private int mbit = 200;

    @Option(names = "--seconds", paramLabel = "N", description = "Of each phase (default: 8).")
    private int seconds = 8;

    private final List<BenchClient> connected = new ArrayList<>();

    /** What those that read got in one phase, in Mbit/s. */
    private record Phase(boolean stalled, double least, double mean, double most) {

        static Phase of(boolean stalled, double[] rates) {
            return new Phase(
                    stalled,
                    Arrays.stream(rates).min().orElseThrow(),
                    Arrays.stream(rates).average().orElseThrow(),
                    Arrays.stream(rates).max().orElseThrow());
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Phase> phases = new ArrayList<>();
        long rate = (long) (mbit * MEGABIT);
        try (ServingProcess provider =
                ServingProcess.start(
                        ServingProvider.class,
                        List.of(),
                        Integer.toString(clients),
                        Long.toString(rate))) {
            Multiaddr address = provider.address();
            output.progress("connecting " + clients + " clients");
            for (int number = 0; number < clients; number++) {
                BenchClient client = BenchClient.connect(address, number, 1, false);
                connected.add(client);
                Thread.ofPlatform().daemon().name("reader").start(client::read);
            }
            var _ = provider.ask("flood");
            Thread.sleep(Duration.ofSeconds(WARM_UP_SECONDS));
            for (int phase = 0; phase < PHASES; phase++) {
                output.progress("phase " + (phase + 1) + " of " + PHASES);
                phases.add(measure(phase == 1));
            }
        } finally {
            connected.forEach(BenchClient::close);
        }
        double kept = phases.get(1).mean() * 2 / (phases.get(0).mean() + phases.get(2).mean());
        output.print(table(phases, kept), json(phases, kept));
        return 0;
    }

    private Phase measure(boolean stalled) throws InterruptedException {
        connected.getFirst().stall(stalled);
        Thread.sleep(Duration.ofSeconds(1));
        List<BenchClient> others = connected.subList(1, clients);
        long[] before = others.stream().mapToLong(BenchClient::received).toArray();
        long start = System.nanoTime();
        Thread.sleep(Duration.ofSeconds(seconds));
        double passed = (System.nanoTime() - start) / (double) Duration.ofSeconds(1).toNanos();
        double[] rates = new double[before.length];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = (others.get(i).received() - before[i]) / passed / MEGABIT;
        }
        return Phase.of(stalled, rates);
    }

    private String table(List<Phase> phases, double kept) {
        StringBuilder table =
                new StringBuilder(
                        "%d clients, %s in total; Mbit/s of each but the first%n%n"
                                .formatted(clients, mbit == 0 ? "no rate" : mbit + " Mbit/s"));
        table.append("%-24s %8s %8s %8s%n".formatted("the first", "least", "mean", "most"));
        for (Phase phase : phases) {
            table.append(
                    "%-24s %8.2f %8.2f %8.2f%n"
                            .formatted(
                                    phase.stalled() ? "reads nothing" : "reads",
                                    phase.least(),
                                    phase.mean(),
                                    phase.most()));
        }
        return table.append("%nkept while it reads nothing: %.1f %%%n".formatted(100 * kept))
                .toString();
    }

    private Map<String, Object> json(List<Phase> phases, double kept) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("benchmark", "sharing");
        json.put("clients", clients);
        json.put("mbit", mbit);
        json.put("phases", phases);
        json.put("kept", kept);
        return json;
    }
}

package org.flowshield.bench.tunnel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.flowshield.bench.measure.CpuTime;
import org.flowshield.bench.measure.Ping;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./dev bench tunnel}: all contenders are up at once, each in a lab of its own, and take
 * turns probe by probe, so that whatever the machine does meanwhile hits them alike. The order
 * turns round in every round.
 */
@Command(
        name = "tunnel",
        description = {
            "FlowShield's tunnel against plain forwarding, wireguard-go and OpenVPN.",
            "Needs root and the programs that ./dev setup installs. The machine should do nothing else."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class TunnelBench implements Callable<Integer> {

    private static final List<Probe> LOSSY_PROBES =
            List.of(Probe.UP_1, Probe.UP_4, Probe.DOWN_1, Probe.DOWN_4, Probe.IDLE);

    private static final List<Probe> QUICK_LOSSY_PROBES = List.of(Probe.UP_1, Probe.DOWN_1);

    /**
     * Of the machine's CPU time: a hundred echoes a second take a tenth of this through any tunnel.
     */
    private static final double MOST_WHEN_IDLE = 0.2;

    private static final int ROUNDS_OF_ALL = 5;

    private static final int WARM_UP_ECHOES = 3000;

    @Option(names = "--quick", description = "A few short rounds: a first look, not a result.")
    private boolean quick;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--contenders",
            split = ",",
            paramLabel = "NAME",
            description = "Only these: forwarding, wireguard-go, openvpn, flowshield.")
    private @Nullable List<String> names;

    @Option(
            names = "--lanes",
            paramLabel = "N",
            defaultValue = "1",
            description = "Bulk lanes of FlowShield's session (${DEFAULT-VALUE}).")
    private int lanes;

    @Option(
            names = "--paths",
            split = ",",
            paramLabel = "PATH",
            description = "Only these: direct, loss_0, loss_0.1, loss_1.")
    private @Nullable List<String> pathKeys;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds on each path (15; quick: 3, lossy 1).")
    private @Nullable Integer rounds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Of each transfer that count (direct 3, lossy 6).")
    private @Nullable Integer seconds;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw the medians into this file.")
    private @Nullable Path picture;

    private final Results results = new Results();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Contender> contenders = chosenContenders();
        List<NetworkPath> paths = chosenPaths();
        List<Lab> labs = new ArrayList<>();
        try {
            List<Candidate> candidates = new ArrayList<>();
            for (Contender contender : contenders) {
                say("starting " + contender.name());
                Lab lab = Lab.create(_ -> {});
                labs.add(lab);
                Candidate candidate = Candidate.start(contender, lab);
                results.contender(candidate.name(), candidate.running().version());
                candidates.add(candidate);
            }
            measure(candidates, paths);
        } finally {
            close(labs);
        }
        if (picture != null) Files.writeString(picture, Picture.svg(results));
        System.out.println(json ? Report.json(results, quick) : Report.text(results));
        return 0;
    }

    private static void close(List<Lab> labs) throws LabException {
        LabException failed = null;
        for (Lab lab : labs.reversed()) {
            try {
                lab.close();
            } catch (LabException e) {
                if (failed != null) e.addSuppressed(failed);
                failed = e;
            }
        }
        if (failed != null) throw failed;
    }

    private void measure(List<Candidate> candidates, List<NetworkPath> paths)
            throws IOException, InterruptedException {
        warmUp(candidates);
        boolean relayed = false;
        for (NetworkPath path : paths) {
            if (path != NetworkPath.DIRECT) {
                for (Candidate candidate : candidates) {
                    if (!relayed) NetworkPath.insertRelay(candidate.lab());
                    path.apply(candidate.lab());
                }
                relayed = true;
            }
            for (int round = 0; round < rounds(path); round++) round(candidates, path, round);
        }
    }

    // Compilers of bytecode, buffers that grow, CPUs that clock up: none of it is to be measured.
    private void warmUp(List<Candidate> candidates) throws IOException, InterruptedException {
        Probe.Timing timing =
                new Probe.Timing(Duration.ofSeconds(quick ? 3 : 10), Duration.ZERO, 1);
        for (Candidate candidate : candidates) {
            say("warming up " + candidate.name());
            var _ = Probe.UP_4.measure(candidate, timing);
            var _ = Probe.DOWN_4.measure(candidate, timing);
            Ping.warmUp(candidate.lab(), WARM_UP_ECHOES);
        }
    }

    private void round(List<Candidate> candidates, NetworkPath path, int round)
            throws IOException, InterruptedException {
        List<Candidate> order = round % 2 == 0 ? candidates : candidates.reversed();
        for (Probe probe : probes(path)) {
            for (Candidate candidate : order) {
                if (!takesPart(candidate, round)) continue;
                Map<Figure, Double> measured = measured(probe, candidate, timing(path));
                results.add(path, candidate.name(), round, measured);
                say(
                        "%s, round %d of %d: %s: %s: %s"
                                .formatted(
                                        path.title(),
                                        round + 1,
                                        rounds(path),
                                        probe.title(),
                                        candidate.name(),
                                        headline(measured)));
            }
        }
    }

    // Pairs are what is judged; the others only show where both stand.
    private static boolean takesPart(Candidate candidate, int round) {
        return round < ROUNDS_OF_ALL
                || candidate.name().equals(Results.OURS)
                || candidate.name().equals(Results.THEIRS);
    }

    private Map<Figure, Double> measured(Probe probe, Candidate candidate, Probe.Timing timing)
            throws IOException, InterruptedException {
        if (probe != Probe.IDLE) return probe.measure(candidate, timing);
        CpuTime before = CpuTime.now(List.of());
        long start = System.nanoTime();
        Map<Figure, Double> measured = probe.measure(candidate, timing);
        double seconds =
                (System.nanoTime() - start) / 1e9 * Runtime.getRuntime().availableProcessors();
        double busy = CpuTime.now(List.of()).since(before).machine() / seconds;
        if (busy > MOST_WHEN_IDLE) {
            results.disturbed();
            say("WARNING: the machine is busy with something else (%.0f %%)".formatted(100 * busy));
        }
        return measured;
    }

    private static String headline(Map<Figure, Double> measured) {
        List<String> parts = new ArrayList<>();
        for (Figure figure : Figure.values()) {
            Double value = measured.get(figure);
            if (value != null && figure.unit() != Figure.Unit.CPU) {
                parts.add(figure.unit().format(value) + " " + figure.unit().label());
            }
        }
        return String.join(", ", parts);
    }

    private List<Probe> probes(NetworkPath path) {
        if (path == NetworkPath.DIRECT) return List.of(Probe.values());
        return quick ? QUICK_LOSSY_PROBES : LOSSY_PROBES;
    }

    private int rounds(NetworkPath path) {
        if (rounds != null) return rounds;
        if (!quick) return 15;
        return path == NetworkPath.DIRECT ? 3 : 1;
    }

    // Over 40 ms CUBIC needs seconds to find its rate again after a loss.
    private Probe.Timing timing(NetworkPath path) {
        if (path == NetworkPath.DIRECT) {
            return new Probe.Timing(
                    seconds(quick ? 2 : 3), Duration.ofSeconds(1), quick ? 200 : 300);
        }
        return new Probe.Timing(seconds(6), Duration.ofSeconds(2), 100);
    }

    private Duration seconds(int otherwise) {
        return Duration.ofSeconds(seconds == null ? otherwise : seconds);
    }

    private List<Contender> chosenContenders() throws IOException {
        List<Contender> all =
                List.of(
                        new PlainForwarding(),
                        new WireGuardGo(),
                        new FlowShieldTunnel(lanes),
                        new OpenVpn());
        if (names == null) return all;
        Set<String> unknown = new LinkedHashSet<>(names);
        List<Contender> chosen =
                all.stream().filter(contender -> unknown.remove(contender.name())).toList();
        if (!unknown.isEmpty())
            throw new IOException("no such contender: " + String.join(", ", unknown));
        return chosen;
    }

    private List<NetworkPath> chosenPaths() throws IOException {
        if (pathKeys == null) return List.of(NetworkPath.values());
        Set<String> unknown = new LinkedHashSet<>(pathKeys);
        List<NetworkPath> chosen =
                List.of(NetworkPath.values()).stream()
                        .filter(path -> unknown.remove(path.key()))
                        .toList();
        if (!unknown.isEmpty())
            throw new IOException("no such path: " + String.join(", ", unknown));
        return chosen;
    }

    private static void say(String what) {
        System.err.println("bench: " + what);
    }
}

package org.flowshield.bench.libp2p;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.node.cli.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Compares our libp2p with js-libp2p: each side a process of its own, on loopback, the dialler
 * sending over {@code /perf/1.0.0}. All peers start first and are warmed up; then each round
 * measures every pairing once, every other round in reverse order, so that what the machine does
 * meanwhile falls on all alike.
 */
@Command(
        name = "libp2p",
        mixinStandardHelpOptions = true,
        description = "Throughput of one and of 100 streams beside js-libp2p on Node 22.")
public final class Libp2pBench implements Callable<Integer> {

    private static final long MIB = 1024 * 1024;
    private static final int MANY_STREAMS = 100;
    private static final int FULL_ROUNDS = 15;
    private static final int QUICK_ROUNDS = 5;

    /** Long enough to dwarf opening streams, short enough to interleave finely. */
    private static final double SAMPLE_SECONDS = 0.5;

    /** The JIT compilers of both sides have settled by then: later rounds show no trend. */
    private static final double WARM_UP_SECONDS = 4;

    private static final double QUICK_WARM_UP_SECONDS = 2;

    @Mixin private final Output output = new Output();

    @Option(names = "--quick", description = "5 rounds and a short warm-up instead of 15.")
    private boolean quick;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often each pairing is measured.")
    private int rounds;

    private final List<PeerProcess> processes = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Stack.checkInstalled();
        try {
            Map<Pairing, PeerProcess> diallers = start();
            Map<Pairing, Long> sizes = warmUp(diallers);
            Report report = new Report(measure(diallers, sizes));
            output.print(report.table(), report.json());
        } finally {
            processes.forEach(PeerProcess::close);
        }
        return 0;
    }

    private Map<Pairing, PeerProcess> start() throws IOException {
        output.progress("starting the peers");
        Map<Pairing, PeerProcess> diallers = new LinkedHashMap<>();
        for (Security security : Security.values()) {
            for (Stack listening : Stack.values()) {
                PeerProcess listener = kept(PeerProcess.listen(listening, security));
                String address = listener.address();
                for (Stack dialling : Stack.values()) {
                    PeerProcess dialler = kept(PeerProcess.dial(dialling, security, address));
                    diallers.put(new Pairing(security, 1, dialling, listening), dialler);
                    diallers.put(new Pairing(security, MANY_STREAMS, dialling, listening), dialler);
                }
            }
        }
        return diallers;
    }

    private PeerProcess kept(PeerProcess process) {
        processes.add(process);
        return process;
    }

    /** Lets both sides compile their code and finds how many bytes make a sample. */
    private Map<Pairing, Long> warmUp(Map<Pairing, PeerProcess> diallers) throws IOException {
        Map<Pairing, Long> sizes = new LinkedHashMap<>();
        double enough = quick ? QUICK_WARM_UP_SECONDS : WARM_UP_SECONDS;
        for (Map.Entry<Pairing, PeerProcess> entry : diallers.entrySet()) {
            Pairing pairing = entry.getKey();
            output.progress(
                    "warming up %s, %d stream(s), %s"
                            .formatted(pairing.security(), pairing.streams(), pairing.flow()));
            long bytes = 16 * MIB;
            double total = 0;
            while (total < enough) {
                double seconds = sample(entry.getValue(), pairing, bytes);
                total += seconds;
                bytes = Math.max(MIB, (long) (bytes / seconds * SAMPLE_SECONDS) / MIB * MIB);
            }
            sizes.put(pairing, bytes);
        }
        return sizes;
    }

    private Map<Pairing, List<Double>> measure(
            Map<Pairing, PeerProcess> diallers, Map<Pairing, Long> sizes) throws IOException {
        Map<Pairing, List<Double>> bitsPerSecond = new LinkedHashMap<>();
        List<Map.Entry<Pairing, PeerProcess>> order = new ArrayList<>(diallers.entrySet());
        int last = rounds > 0 ? rounds : quick ? QUICK_ROUNDS : FULL_ROUNDS;
        for (int round = 1; round <= last; round++) {
            output.progress("round " + round + " of " + last);
            for (Map.Entry<Pairing, PeerProcess> entry : order) {
                Pairing pairing = entry.getKey();
                long bytes = sizes.getOrDefault(pairing, MIB);
                double seconds = sample(entry.getValue(), pairing, bytes);
                bitsPerSecond
                        .computeIfAbsent(pairing, first -> new ArrayList<>())
                        .add(bytes * 8 / seconds);
            }
            Collections.reverse(order);
        }
        return bitsPerSecond;
    }

    private static double sample(PeerProcess dialler, Pairing pairing, long bytes)
            throws IOException {
        return dialler.upload(bytes / pairing.streams(), pairing.streams());
    }
}

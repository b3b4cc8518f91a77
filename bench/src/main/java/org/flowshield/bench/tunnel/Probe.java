package org.flowshield.bench.tunnel;

import static java.util.Map.entry;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.flowshield.bench.measure.CpuTime;
import org.flowshield.bench.measure.Iperf;
import org.flowshield.bench.measure.Ping;
import org.flowshield.node.lab.LabProcess;

/** One thing that is done with a candidate to get some of its figures. */
enum Probe {
    UP_1("up, 1 flow") {
        @Override
        Map<Figure, Double> measure(Candidate candidate, Timing timing)
                throws IOException, InterruptedException {
            return transfer(
                    candidate,
                    timing.plan(Iperf.Direction.UP, 1),
                    Figure.THROUGHPUT_UP_1,
                    Figure.CPU_UP_1,
                    Figure.CPU_TOTAL_UP_1);
        }
    },
    UP_4("up, 4 flows") {
        @Override
        Map<Figure, Double> measure(Candidate candidate, Timing timing)
                throws IOException, InterruptedException {
            return transfer(
                    candidate,
                    timing.plan(Iperf.Direction.UP, 4),
                    Figure.THROUGHPUT_UP_4,
                    Figure.CPU_UP_4,
                    Figure.CPU_TOTAL_UP_4);
        }
    },
    DOWN_1("down, 1 flow") {
        @Override
        Map<Figure, Double> measure(Candidate candidate, Timing timing)
                throws IOException, InterruptedException {
            return transfer(
                    candidate,
                    timing.plan(Iperf.Direction.DOWN, 1),
                    Figure.THROUGHPUT_DOWN_1,
                    Figure.CPU_DOWN_1,
                    Figure.CPU_TOTAL_DOWN_1);
        }
    },
    DOWN_4("down, 4 flows") {
        @Override
        Map<Figure, Double> measure(Candidate candidate, Timing timing)
                throws IOException, InterruptedException {
            return transfer(
                    candidate,
                    timing.plan(Iperf.Direction.DOWN, 4),
                    Figure.THROUGHPUT_DOWN_4,
                    Figure.CPU_DOWN_4,
                    Figure.CPU_TOTAL_DOWN_4);
        }
    },
    IDLE("round trips, idle") {
        @Override
        Map<Figure, Double> measure(Candidate candidate, Timing timing)
                throws IOException, InterruptedException {
            Ping.RoundTrips trips =
                    Ping.run(candidate.lab(), timing.pings() + UNCOUNTED_IDLE, UNCOUNTED_IDLE);
            return Map.ofEntries(
                    entry(Figure.RTT_MEAN, trips.mean()),
                    entry(Figure.RTT_P50, trips.p50()),
                    entry(Figure.RTT_P99, trips.p99()));
        }
    },
    LOADED("round trips under a download") {
        @Override
        Map<Figure, Double> measure(Candidate candidate, Timing timing)
                throws IOException, InterruptedException {
            try (LabProcess download = candidate.iperf().load(Iperf.Direction.DOWN)) {
                Ping.RoundTrips trips =
                        Ping.run(
                                candidate.lab(),
                                timing.pings() + UNCOUNTED_LOADED,
                                UNCOUNTED_LOADED);
                if (!download.isAlive())
                    throw new IOException("no download during the pings: " + download.output());
                return Map.ofEntries(
                        entry(Figure.LOADED_RTT_MEAN, trips.mean()),
                        entry(Figure.LOADED_RTT_P50, trips.p50()),
                        entry(Figure.LOADED_RTT_P99, trips.p99()));
            }
        }
    };

    /** Echoes that only wake things up. */
    private static final int UNCOUNTED_IDLE = 20;

    /** Echoes while the download is still speeding up: its first second. */
    private static final int UNCOUNTED_LOADED = 100;

    private final String title;

    Probe(String title) {
        this.title = title;
    }

    /**
     * How long things take.
     *
     * @param counted seconds of a transfer that count
     * @param omitted seconds before them
     * @param pings echoes that count
     */
    record Timing(Duration counted, Duration omitted, int pings) {

        Iperf.Plan plan(Iperf.Direction direction, int flows) {
            return new Iperf.Plan(direction, flows, counted, omitted);
        }
    }

    String title() {
        return title;
    }

    abstract Map<Figure, Double> measure(Candidate candidate, Timing timing)
            throws IOException, InterruptedException;

    private static Map<Figure, Double> transfer(
            Candidate candidate, Iperf.Plan plan, Figure throughput, Figure cpu, Figure total)
            throws IOException, InterruptedException {
        CpuTime before = CpuTime.now(candidate.running().processes());
        Iperf.Transfer moved = candidate.iperf().run(plan);
        CpuTime used = CpuTime.now(candidate.running().processes()).since(before);
        return Map.ofEntries(
                entry(throughput, moved.mbit()),
                entry(cpu, used.processes() / moved.gigabytes()),
                entry(total, used.machine() / moved.gigabytes()));
    }
}

package org.flowshield.node.cli.p2p;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.perf.Perf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the throughput of a stream. */
@Command(
        name = "perf",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures how fast one stream carries bytes to a peer and back.",
            "The peer must serve /perf/1.0.0, as 'flowshield p2p listen' does. First a",
            "quarter of the bytes, at most 64 MiB, goes each way to warm up."
        },
        footer = {"", "--json prints {\"up_bytes_per_s\":N,\"down_bytes_per_s\":N}."})
final class PerfCommand extends DialVerb {

    private static final long MAX_WARM_UP = 64L * 1024 * 1024;
    private static final double BITS_PER_MEGABIT = 1e6;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            defaultValue = "256M",
            converter = ByteCount.Converter.class,
            description =
                    "How many bytes to send each way; K, M and G are powers of 1024"
                            + " (default: ${DEFAULT-VALUE}).")
    private ByteCount bytes = new ByteCount(1);

    @Override
    void run(Peer peer, Connection connection) throws IOException {
        output().text("measuring " + connection.remotePeer() + " by " + connection.security());
        Perf perf = new Perf(options().timeout(), System::nanoTime);
        long warmUp = Math.min(MAX_WARM_UP, bytes.bytes() / 4);
        perf.run(connection, warmUp, warmUp);
        long up = rate(perf.run(connection, bytes.bytes(), 0));
        output().text("up:   " + megabits(up));
        long down = rate(perf.run(connection, 0, bytes.bytes()));
        output().text("down: " + megabits(down));
        if (output().json()) {
            Map<String, Long> rates = new LinkedHashMap<>();
            rates.put("up_bytes_per_s", up);
            rates.put("down_bytes_per_s", down);
            output().json(rates);
        }
    }

    private long rate(Duration took) {
        return (long) (bytes.bytes() / (Math.max(1, took.toNanos()) / 1e9));
    }

    private static String megabits(long bytesPerSecond) {
        return String.format(
                Locale.ROOT,
                "%.1f Mbit/s (%d bytes/s)",
                bytesPerSecond * Byte.SIZE / BITS_PER_MEGABIT,
                bytesPerSecond);
    }
}

package org.flowshield.node.cli.p2p;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.ping.Ping;
import org.flowshield.libp2p.ping.Ping.Pings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures round-trip times to a peer. */
@Command(
        name = "ping",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures the round-trip time to a peer through an encrypted stream.",
        footer = {"", "--json prints {\"rtt_ms\":[...]}, one number for each ping."})
final class PingCommand extends DialVerb {

    private static final double NANOS_PER_MILLI = 1e6;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many pings (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--interval",
            paramLabel = "MILLIS",
            defaultValue = "200",
            description = "Pause between two pings (default: ${DEFAULT-VALUE}).")
    private int intervalMillis;

    @Override
    void run(Peer peer, Connection connection) throws IOException {
        output().text("pinging " + connection.remotePeer() + " by " + connection.security());
        Ping ping = new Ping(new SecureRandom(), System::nanoTime);
        List<Double> millis = new ArrayList<>();
        try (Pings pings = ping.open(connection)) {
            for (int i = 0; i < Math.max(1, count); i++) {
                if (i > 0) {
                    pause();
                }
                Duration roundTrip = pings.next(options().timeout());
                millis.add(roundTrip.toNanos() / NANOS_PER_MILLI);
                output().text(String.format(Locale.ROOT, "%d: %.3f ms", i + 1, millis.getLast()));
            }
        }
        DoubleSummaryStatistics all =
                millis.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        output().print(
                        String.format(
                                Locale.ROOT,
                                "round trip: least %.3f, mean %.3f, most %.3f ms",
                                all.getMin(),
                                all.getAverage(),
                                all.getMax()),
                        Map.of("rtt_ms", millis));
    }

    private void pause() throws InterruptedIOException {
        try {
            Thread.sleep(Math.max(0, intervalMillis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted between two pings");
        }
    }
}

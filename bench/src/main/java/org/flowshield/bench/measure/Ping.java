package org.flowshield.bench.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowshield.bench.Statistics;
import org.flowshield.node.lab.Completed;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;

/** Round trips from a lab's client to its internet, one echo each 10 ms. */
public final class Ping {

    private static final Pattern TIME = Pattern.compile("icmp_seq=(\\d+) .*time=([0-9.]+) ms");
    private static final Duration SLACK = Duration.ofSeconds(20);
    public static final int PER_SECOND = 100;

    /** Round trips of one run, in milliseconds. */
    public record RoundTrips(double mean, double p50, double p99) {}

    private Ping() {}

    /**
     * Sends echoes and waits for the last answer.
     *
     * @param count how many echoes
     * @param omitted how many of the first don't count
     */
    public static RoundTrips run(Lab lab, int count, int omitted)
            throws LabException, MalformedReportException, InterruptedException {
        return parse(send(lab, count, PER_SECOND).output(), omitted);
    }

    /** Echoes ten times as fast, so that what carries them is warm. */
    public static void warmUp(Lab lab, int count) throws LabException, InterruptedException {
        send(lab, count, 10 * PER_SECOND);
    }

    private static Completed send(Lab lab, int count, int perSecond)
            throws LabException, InterruptedException {
        return lab.start(
                        Namespace.CLIENT,
                        "ping",
                        "-n",
                        "-i",
                        "%.3f".formatted(1.0 / perSecond),
                        "-c",
                        Integer.toString(count),
                        "-W",
                        "2",
                        Link.INTERNET.ipv4().getHostAddress())
                .await(Duration.ofMillis(count * 1000L / perSecond).plus(SLACK));
    }

    static RoundTrips parse(String output, int omitted) throws MalformedReportException {
        List<Double> times = new ArrayList<>();
        Matcher matcher = TIME.matcher(output);
        while (matcher.find()) {
            if (Integer.parseInt(matcher.group(1)) > omitted)
                times.add(Double.valueOf(matcher.group(2)));
        }
        if (times.isEmpty()) throw new MalformedReportException("ping", "no echo came back");
        return new RoundTrips(
                Statistics.mean(times),
                Statistics.quantile(times, 0.5),
                Statistics.quantile(times, 0.99));
    }
}

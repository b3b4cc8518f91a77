package org.flowshield.bench.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Link;
import org.flowshield.node.lab.Namespace;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** TCP transfers between a lab's client and its internet, by iperf3. */
public final class Iperf {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration SERVER_START = Duration.ofSeconds(10);

    /** Beyond the transfer itself: connecting and reporting over a lossy path. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    // What nearly every end host uses, whatever this one is set to.
    private static final String CONGESTION_CONTROL = "cubic";

    private static final int PORT = 5201;

    // A server of its own: one whose client was ended may still be busy with that when the next
    // comes.
    private static final int LOAD_PORT = 5202;
    private static final Duration LONGEST_LOAD = Duration.ofMinutes(2);

    private final Lab lab;

    /**
     * What one run moved.
     *
     * @param mbit megabits per second that arrived, without the seconds left out
     * @param gigabytes all that was moved, those seconds included
     */
    public record Transfer(double mbit, double gigabytes) {}

    public enum Direction {
        UP,
        DOWN
    }

    /**
     * One transfer.
     *
     * @param omitted the beginning, which does not count: slow start and buffers that fill
     */
    public record Plan(Direction direction, int flows, Duration counted, Duration omitted) {}

    private Iperf(Lab lab) {
        this.lab = lab;
    }

    /** Starts the servers in the lab's internet. */
    public static Iperf start(Lab lab) throws LabException, InterruptedException {
        for (int port : List.of(PORT, LOAD_PORT)) {
            LabProcess server =
                    lab.start(
                            Namespace.INTERNET,
                            "iperf3",
                            "-s",
                            "--forceflush",
                            "-p",
                            Integer.toString(port));
            var _ =
                    server.awaitLine(
                            "Server listening",
                            line -> line.startsWith("Server listening"),
                            SERVER_START);
        }
        return new Iperf(lab);
    }

    /** Moves data as planned, and tells how much. */
    public Transfer run(Plan plan)
            throws LabException, MalformedReportException, InterruptedException {
        Duration atMost = plan.counted.plus(plan.omitted).plus(SLACK);
        return parse(begin(PORT, plan).awaitSuccess(atMost).output());
    }

    /** One flow that moves data until it is ended; only one at a time. */
    public LabProcess load(Direction direction) throws LabException {
        return begin(LOAD_PORT, new Plan(direction, 1, LONGEST_LOAD, Duration.ZERO));
    }

    private LabProcess begin(int port, Plan plan) throws LabException {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("iperf3", "-J", "-c", Link.INTERNET.ipv4().getHostAddress()));
        command.addAll(List.of("-p", Integer.toString(port)));
        command.addAll(List.of("-P", Integer.toString(plan.flows)));
        command.addAll(List.of("-t", Long.toString(plan.counted.toSeconds())));
        command.addAll(List.of("-O", Long.toString(plan.omitted.toSeconds())));
        command.addAll(List.of("-C", CONGESTION_CONTROL));
        if (plan.direction == Direction.DOWN) command.add("-R");
        return lab.start(Namespace.CLIENT, command.toArray(String[]::new));
    }

    static Transfer parse(String report) throws MalformedReportException {
        try {
            JsonNode root = JSON.readTree(report);
            double bitsPerSecond = root.at("/end/sum_received/bits_per_second").asDouble(-1);
            double bytes = 0;
            for (JsonNode interval : root.path("intervals"))
                bytes += interval.at("/sum/bytes").asDouble(0);
            if (bitsPerSecond < 0 || bytes <= 0) {
                throw new MalformedReportException(
                        "iperf3", root.path("error").asString("nothing was moved"));
            }
            return new Transfer(bitsPerSecond / 1e6, bytes / 1e9);
        } catch (JacksonException e) {
            throw new MalformedReportException("iperf3", e.getMessage());
        }
    }
}

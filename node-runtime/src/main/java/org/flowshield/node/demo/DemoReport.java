package org.flowshield.node.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the demo found. Immutable.
 *
 * @param ok true if every check held
 * @param session what the session was and what it carried
 */
public record DemoReport(
        boolean ok,
        List<Check> checks,
        @JsonProperty("throughput_mbit") Throughput throughput,
        @JsonProperty("rtt_ms") Rtt rtt,
        Map<String, Object> session) {

    /** One thing that had to be so. */
    public record Check(String name, boolean ok, String detail) {}

    /** Megabits of payload a second. */
    public record Throughput(double up, double down) {}

    /** Milliseconds. */
    public record Rtt(double p50, double p99) {

        /** Of at least one measured time. */
        static Rtt of(List<Double> milliseconds) {
            List<Double> sorted = milliseconds.stream().sorted().toList();
            return new Rtt(quantile(sorted, 0.50), quantile(sorted, 0.99));
        }

        /** The nearest rank. */
        private static double quantile(List<Double> sorted, double share) {
            int rank = (int) Math.ceil(share * sorted.size());
            return sorted.get(Math.clamp(rank - 1L, 0, sorted.size() - 1));
        }
    }

    public DemoReport {
        checks = List.copyOf(checks);
        session = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(session));
        if (ok != checks.stream().allMatch(Check::ok)) {
            throw new IllegalArgumentException("ok means that every check held");
        }
    }

    static DemoReport of(
            List<Check> checks, Throughput throughput, Rtt rtt, Map<String, Object> session) {
        return new DemoReport(
                checks.stream().allMatch(Check::ok), checks, throughput, rtt, session);
    }

    /** A table for people, line by line. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        int width = checks.stream().mapToInt(check -> check.name().length()).max().orElse(0);
        for (Check check : checks) {
            lines.add(
                    "  %-4s  %s  %s"
                            .formatted(
                                    check.ok() ? "ok" : "FAIL",
                                    padded(check.name(), width),
                                    check.detail()));
        }
        lines.add("");
        lines.add(row("throughput up", "%,.0f Mbit/s", throughput.up()));
        lines.add(row("throughput down", "%,.0f Mbit/s", throughput.down()));
        lines.add(row("RTT p50", "%.2f ms", rtt.p50()));
        lines.add(row("RTT p99", "%.2f ms", rtt.p99()));
        session.forEach(
                (key, value) ->
                        lines.add(
                                row(
                                        key.replace('_', ' '),
                                        value instanceof Number ? "%,d" : "%s",
                                        value)));
        lines.add("");
        lines.add(ok ? "Every check held." : "A check failed.");
        return lines;
    }

    private static String row(String name, String format, Object value) {
        return "  " + padded(name, 26) + String.format(Locale.ROOT, format, value);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}

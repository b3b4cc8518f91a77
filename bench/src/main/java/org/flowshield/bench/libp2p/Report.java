package org.flowshield.bench.libp2p;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowshield.bench.Statistics;
import org.flowshield.bench.Statistics.Median;

/**
 * What came out, as a table and as one JSON object. A ratio is that of the same round's two
 * measurements; its median and interval are taken over the rounds.
 */
final class Report {

    private static final double GIGA = 1e9;
    private static final String ROW = "%-12s %7s  %-13s %22s %22s%n";

    private final Map<Pairing, List<Double>> bitsPerSecond;

    Report(Map<Pairing, List<Double>> bitsPerSecond) {
        this.bitsPerSecond = bitsPerSecond;
    }

    String table() {
        StringBuilder table = new StringBuilder();
        table.append(ROW.formatted("", "streams", "sends", "Gb/s", "/ js -> js"));
        bitsPerSecond.forEach(
                (pairing, rates) ->
                        table.append(
                                ROW.formatted(
                                        pairing.security(),
                                        pairing.streams(),
                                        pairing.flow(),
                                        gigabits(rates),
                                        isYardstick(pairing) ? "1" : ratio(pairing))));
        Median any = gigabits(bitsPerSecond.values().iterator().next());
        table.append("Medians of %d rounds".formatted(any.count()));
        table.append(" and their %.0f %% interval;".formatted(any.confidence() * 100));
        return table.append(" loopback, two processes.").toString();
    }

    Map<String, Object> json() {
        List<Object> results = new ArrayList<>();
        Map<String, Object> ratios = new LinkedHashMap<>();
        Map<String, Object> intervals = new LinkedHashMap<>();
        bitsPerSecond.forEach(
                (pairing, rates) -> {
                    Map<String, Object> result = new LinkedHashMap<>();
                    result.put("security", pairing.security().argument());
                    result.put("muxer", "yamux");
                    result.put("streams", pairing.streams());
                    result.put("dialler", pairing.dialler().toString());
                    result.put("listener", pairing.listener().toString());
                    result.put("gbit_per_s", gigabits(rates));
                    results.add(result);
                    if (!isYardstick(pairing)) {
                        Median ratio = ratio(pairing);
                        ratios.put(key(pairing), ratio.value());
                        intervals.put(key(pairing), List.of(ratio.low(), ratio.high()));
                    }
                });
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rounds", bitsPerSecond.values().iterator().next().size());
        json.put("results", results);
        json.put("ratios", ratios);
        json.put("ratio_intervals", intervals);
        return json;
    }

    /**
     * {@code tls_1}: ours to ours; mixed pairs are {@code tls_1_ours_to_js}, {@code
     * ..._js_to_ours}.
     */
    private static String key(Pairing pairing) {
        String key = pairing.security().argument() + "_" + pairing.streams();
        return pairing.dialler() == pairing.listener()
                ? key
                : key + "_" + pairing.dialler() + "_to_" + pairing.listener();
    }

    private static boolean isYardstick(Pairing pairing) {
        return pairing.dialler() == Stack.JS && pairing.listener() == Stack.JS;
    }

    private Median ratio(Pairing pairing) {
        Pairing yardstick = new Pairing(pairing.security(), pairing.streams(), Stack.JS, Stack.JS);
        return Statistics.median(Statistics.ratios(rates(pairing), rates(yardstick)));
    }

    private List<Double> rates(Pairing pairing) {
        return bitsPerSecond.getOrDefault(pairing, List.of());
    }

    private static Median gigabits(List<Double> rates) {
        return Statistics.median(rates.stream().map(rate -> rate / GIGA).toList());
    }
}

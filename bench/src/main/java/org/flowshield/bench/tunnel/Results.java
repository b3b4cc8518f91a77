package org.flowshield.bench.tunnel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.flowshield.bench.Statistics;
import org.flowshield.bench.Statistics.Median;

/** Every value measured, by path, contender, figure and round. One thread. */
final class Results {

    static final String OURS = "flowshield";
    static final String THEIRS = "wireguard-go";

    private record Key(NetworkPath path, String contender) {}

    private final Map<Key, Map<Figure, Map<Integer, Double>>> values = new LinkedHashMap<>();
    private final Map<String, String> versions = new LinkedHashMap<>();
    private int disturbances;

    void contender(String name, String version) {
        versions.put(name, version);
    }

    /** Notes that something else kept the machine busy while a contender idled. */
    void disturbed() {
        disturbances++;
    }

    /** How often that was noted; results with more than a few are worth little. */
    int disturbances() {
        return disturbances;
    }

    void add(NetworkPath path, String contender, int round, Map<Figure, Double> measured) {
        var figures =
                values.computeIfAbsent(new Key(path, contender), _ -> new EnumMap<>(Figure.class));
        measured.forEach(
                (figure, value) ->
                        figures.computeIfAbsent(figure, _ -> new TreeMap<>()).put(round, value));
    }

    /** Names and versions, in the order in which they were started. */
    Map<String, String> versions() {
        return Collections.unmodifiableMap(versions);
    }

    List<String> contenders() {
        return List.copyOf(versions.keySet());
    }

    Optional<Median> median(NetworkPath path, String contender, Figure figure) {
        Map<Integer, Double> rounds = rounds(path, contender, figure);
        return rounds.isEmpty()
                ? Optional.empty()
                : Optional.of(Statistics.median(rounds.values()));
    }

    /** Ours by theirs, over the rounds in which both were measured. */
    Optional<Median> ratio(NetworkPath path, Figure figure) {
        Map<Integer, Double> theirs = rounds(path, THEIRS, figure);
        List<Double> ratios = new ArrayList<>();
        rounds(path, OURS, figure)
                .forEach(
                        (round, ours) -> {
                            Double other = theirs.get(round);
                            if (other != null && other > 0) ratios.add(ours / other);
                        });
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Statistics.median(ratios));
    }

    /** All ratios there are, by the key that the report gives them. */
    Map<String, Median> ratios() {
        Map<String, Median> ratios = new LinkedHashMap<>();
        for (NetworkPath path : NetworkPath.values()) {
            for (Figure figure : Figure.values()) {
                ratio(path, figure).ifPresent(ratio -> ratios.put(ratioKey(path, figure), ratio));
            }
        }
        return ratios;
    }

    static String ratioKey(NetworkPath path, Figure figure) {
        return path == NetworkPath.DIRECT ? figure.key() : path.key() + "_" + figure.key();
    }

    private Map<Integer, Double> rounds(NetworkPath path, String contender, Figure figure) {
        return values.getOrDefault(new Key(path, contender), Map.of())
                .getOrDefault(figure, Map.of());
    }
}

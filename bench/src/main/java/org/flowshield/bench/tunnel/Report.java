package org.flowshield.bench.tunnel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.flowshield.bench.Statistics.Median;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The results for people and for programs. */
final class Report {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final List<Figure> THROUGHPUT_TABLE =
            List.of(
                    Figure.THROUGHPUT_UP_1,
                    Figure.THROUGHPUT_UP_4,
                    Figure.THROUGHPUT_DOWN_1,
                    Figure.THROUGHPUT_DOWN_4);

    private static final List<Figure> LATENCY_TABLE =
            List.of(
                    Figure.RTT_MEAN,
                    Figure.RTT_P50,
                    Figure.RTT_P99,
                    Figure.LOADED_RTT_MEAN,
                    Figure.LOADED_RTT_P99);

    private static final List<Figure> CPU_TABLE =
            List.of(
                    Figure.CPU_UP_4,
                    Figure.CPU_DOWN_4,
                    Figure.CPU_TOTAL_UP_4,
                    Figure.CPU_TOTAL_DOWN_4);

    private Report() {}

    static String text(Results results) {
        StringBuilder text = new StringBuilder();
        text.append(
                results.versions().entrySet().stream()
                        .map(contender -> contender.getKey() + ": " + contender.getValue())
                        .sorted()
                        .collect(Collectors.joining("\n", "", "\n")));
        for (NetworkPath path : NetworkPath.values()) {
            for (List<Figure> figures : List.of(THROUGHPUT_TABLE, LATENCY_TABLE, CPU_TABLE)) {
                table(text, results, path, figures);
            }
        }
        targets(text, results);
        if (results.disturbances() > 0) {
            text.append(
                    "%nThe machine was busy with something else in %d idle probes: don't trust these figures.%n"
                            .formatted(results.disturbances()));
        }
        return text.toString();
    }

    private static void table(
            StringBuilder text, Results results, NetworkPath path, List<Figure> figures) {
        List<List<String>> rows = new ArrayList<>();
        for (String contender : results.contenders()) {
            List<String> row = new ArrayList<>();
            row.add(contender);
            for (Figure figure : figures) {
                row.add(
                        results.median(path, contender, figure)
                                .map(median -> cell(figure, median))
                                .orElse(""));
            }
            if (row.stream().skip(1).anyMatch(cell -> !cell.isEmpty())) rows.add(row);
        }
        if (rows.isEmpty()) return;
        List<String> head = new ArrayList<>();
        head.add("%s (%s)".formatted(path.key(), figures.getFirst().unit().label()));
        figures.forEach(figure -> head.add(figure.key().replace("throughput_", "")));
        rows.addFirst(head);
        text.append('\n').append(aligned(rows));
    }

    private static String cell(Figure figure, Median median) {
        return "%s [%s, %s]"
                .formatted(
                        figure.unit().format(median.value()),
                        figure.unit().format(median.low()),
                        figure.unit().format(median.high()));
    }

    private static void targets(StringBuilder text, Results results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("flowshield / wireguard-go", "median [95 %]", "pairs", "must", "aim", ""));
        Target.outcomes(results)
                .forEach(
                        outcome -> {
                            Target target = outcome.target();
                            String relation = target.moreIsBetter() ? ">= " : "<= ";
                            rows.add(
                                    List.of(
                                            Results.ratioKey(target.path(), target.figure()),
                                            outcome.reached().toString(),
                                            Integer.toString(outcome.reached().count()),
                                            relation + target.must(),
                                            relation + target.aim(),
                                            outcome.verdict()));
                        });
        if (rows.size() > 1) text.append('\n').append(aligned(rows));
    }

    private static String aligned(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) widths[i] = Math.max(widths[i], row.get(i).length());
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    static String json(Results results, boolean quick) {
        ObjectNode root = JSON.createObjectNode();
        root.put("benchmark", "tunnel");
        root.put("quick", quick);
        root.put("cpus", Runtime.getRuntime().availableProcessors());
        root.put("disturbances", results.disturbances());
        root.put("java", Runtime.version().toString());
        ObjectNode ratios = root.putObject("ratios");
        ObjectNode intervals = root.putObject("intervals");
        results.ratios()
                .forEach(
                        (key, ratio) -> {
                            ratios.put(key, ratio.value());
                            intervals.set(key, JSON.valueToTree(ratio));
                        });
        ObjectNode targets = root.putObject("targets");
        Target.outcomes(results)
                .forEach(
                        outcome ->
                                targets.putObject(
                                                Results.ratioKey(
                                                        outcome.target().path(),
                                                        outcome.target().figure()))
                                        .put("must", outcome.target().must())
                                        .put("aim", outcome.target().aim())
                                        .put("meets_must", outcome.meetsMust())
                                        .put("meets_aim", outcome.meetsAim()));
        ObjectNode versions = root.putObject("versions");
        results.versions().forEach(versions::put);
        ObjectNode paths = root.putObject("results");
        for (NetworkPath path : NetworkPath.values()) addPath(paths, results, path);
        return JSON.writeValueAsString(root);
    }

    private static void addPath(ObjectNode paths, Results results, NetworkPath path) {
        ObjectNode contenders = JSON.createObjectNode();
        for (String contender : results.contenders()) {
            ObjectNode figures = JSON.createObjectNode();
            for (Figure figure : Figure.values()) {
                results.median(path, contender, figure)
                        .ifPresent(median -> figures.set(figure.key(), JSON.valueToTree(median)));
            }
            if (!figures.isEmpty()) contenders.set(contender, figures);
        }
        if (!contenders.isEmpty()) paths.set(path.key(), contenders);
    }
}

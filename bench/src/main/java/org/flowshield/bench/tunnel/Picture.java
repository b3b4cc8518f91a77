package org.flowshield.bench.tunnel;

import java.util.List;
import java.util.Optional;
import org.flowshield.bench.Statistics.Median;

/** The medians on the direct path as horizontal bars with their intervals: an SVG document. */
final class Picture {

    private static final List<Figure> FIGURES =
            List.of(
                    Figure.THROUGHPUT_UP_1,
                    Figure.THROUGHPUT_UP_4,
                    Figure.THROUGHPUT_DOWN_1,
                    Figure.THROUGHPUT_DOWN_4,
                    Figure.RTT_MEAN,
                    Figure.RTT_P99,
                    Figure.LOADED_RTT_P99,
                    Figure.CPU_TOTAL_UP_4,
                    Figure.CPU_TOTAL_DOWN_4);

    // Distinguishable by the colour-blind (Okabe and Ito), on white and on dark pages.
    private static final List<String> COLOURS =
            List.of("#999999", "#E69F00", "#56B4E9", "#009E73", "#CC79A7");

    private static final int WIDTH = 760;
    private static final int LEFT = 130;
    private static final int BAR_ROOM = 460;
    private static final int BAR = 14;
    private static final int ROW = 18;
    private static final int GAP = 34;
    private static final int TOP = 30;

    private Picture() {}

    static String svg(Results results) {
        StringBuilder body = new StringBuilder();
        int y = TOP;
        for (Figure figure : FIGURES) {
            int rows = drawFigure(body, results, figure, y);
            if (rows > 0) y += rows * ROW + GAP;
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
                font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                %3$s</svg>
                """
                .formatted(WIDTH, y, body);
    }

    private static int drawFigure(StringBuilder body, Results results, Figure figure, int top) {
        double longest =
                results.contenders().stream()
                        .flatMap(
                                contender ->
                                        results
                                                .median(NetworkPath.DIRECT, contender, figure)
                                                .stream())
                        .mapToDouble(Median::high)
                        .max()
                        .orElse(0);
        if (longest <= 0) return 0;
        text(body, 8, top + 4, "bold", "%s (%s)".formatted(figure.title(), figure.unit().label()));
        int row = 0;
        for (int i = 0; i < results.contenders().size(); i++) {
            String contender = results.contenders().get(i);
            Optional<Median> median = results.median(NetworkPath.DIRECT, contender, figure);
            if (median.isEmpty()) continue;
            int y = top + 12 + row * ROW;
            bar(
                    body,
                    figure,
                    median.get(),
                    BAR_ROOM / longest,
                    y,
                    contender,
                    COLOURS.get(i % COLOURS.size()));
            row++;
        }
        return row;
    }

    private static void bar(
            StringBuilder body,
            Figure figure,
            Median median,
            double scale,
            int y,
            String name,
            String colour) {
        int middle = y + BAR / 2;
        text(body, 8, middle + 4, "normal", name);
        body.append(
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n"
                        .formatted(LEFT, y, median.value() * scale, BAR, colour));
        body.append(
                "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"black\"/>%n"
                        .formatted(
                                LEFT + median.low() * scale,
                                LEFT + median.high() * scale,
                                middle,
                                middle));
        text(
                body,
                (int) (LEFT + Math.max(median.value(), median.high()) * scale) + 6,
                middle + 4,
                "normal",
                figure.unit().format(median.value()));
    }

    private static void text(StringBuilder body, int x, int y, String weight, String what) {
        body.append(
                "<text x=\"%d\" y=\"%d\" font-weight=\"%s\">%s</text>%n"
                        .formatted(x, y, weight, what.replace("&", "&amp;").replace("<", "&lt;")));
    }
}

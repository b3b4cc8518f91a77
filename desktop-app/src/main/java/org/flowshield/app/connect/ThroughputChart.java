package org.flowshield.app.connect;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Polyline;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import org.flowshield.app.text.Format;

/**
 * Draws the rates of the last minutes: an area for what is received, a dashed line for what is
 * sent. Shapes of the scene graph instead of a chart: their colours are those of the style sheet,
 * and a second costs four lists of points. For the FX thread.
 */
final class ThroughputChart extends Pane {

    private static final double LEAST_WIDTH = 200;
    private static final double HEIGHT = 110;
    private static final int LINES = 2;

    /** Below it nothing is worth a scale of its own: a ping a second. */
    private static final double LEAST_SCALE = 100_000;

    private final Throughput throughput;
    private final Format format;
    private final Polygon area = styled(new Polygon(), "chart-down-area");
    private final Polyline down = styled(new Polyline(), "chart-down");
    private final Polyline up = styled(new Polyline(), "chart-up");
    private final List<Line> lines = new ArrayList<>();
    private final List<Text> labels = new ArrayList<>();

    ThroughputChart(Throughput throughput, Format format) {
        this.throughput = throughput;
        this.format = format;
        getStyleClass().add("throughput");
        setMinSize(LEAST_WIDTH, HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        for (int i = 0; i <= LINES; i++) {
            lines.add(styled(new Line(), "chart-grid"));
            Text label = styled(new Text(), "chart-label");
            label.setTextOrigin(VPos.TOP);
            labels.add(label);
        }
        getChildren().addAll(lines);
        getChildren().addAll(area, up, down);
        getChildren().addAll(labels);
        getChildren().forEach(child -> child.setManaged(false));
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
    }

    private static <T extends javafx.scene.Node> T styled(T node, String style) {
        node.getStyleClass().add(style);
        return node;
    }

    /** Draws what is known now. */
    void draw() {
        double width = getWidth();
        double height = getHeight();
        if (width <= 0 || height <= 0) {
            return;
        }
        double scale = scale(throughput.peak());
        double bottom = height - 1;
        double step = width / (Throughput.MOST - 1);
        int size = throughput.size();
        List<Double> downPoints = new ArrayList<>(2 * size + 4);
        List<Double> upPoints = new ArrayList<>(2 * size);
        for (int i = 0; i < size; i++) {
            double x = width - (size - 1 - i) * step;
            downPoints.add(x);
            downPoints.add(bottom - throughput.down(i) / scale * bottom);
            upPoints.add(x);
            upPoints.add(bottom - throughput.up(i) / scale * bottom);
        }
        down.getPoints().setAll(downPoints);
        up.getPoints().setAll(upPoints);
        if (size > 0) {
            downPoints.addAll(List.of(width, bottom, width - (size - 1) * step, bottom));
        }
        area.getPoints().setAll(downPoints);
        grid(scale, width, bottom);
    }

    private void grid(double scale, double width, double bottom) {
        for (int i = 0; i <= LINES; i++) {
            double y = Math.round(bottom - bottom * i / LINES) + 0.5;
            Line line = lines.get(i);
            line.setStartX(0);
            line.setEndX(width);
            line.setStartY(y);
            line.setEndY(y);
            Text label = labels.get(i);
            label.setText(i == 0 ? "" : format.rate(scale * i / LINES));
            label.setX(4);
            label.setY(y + 2);
        }
    }

    /** The next of 1, 2, 5 times a power of ten, so that the lines stand for round numbers. */
    static double scale(double peak) {
        double scale = LEAST_SCALE;
        double[] factors = {2, 2.5, 2};
        for (int i = 0; scale < peak; i++) {
            scale *= factors[i % factors.length];
        }
        return scale;
    }

    @Override
    protected void layoutChildren() {
        draw();
    }
}

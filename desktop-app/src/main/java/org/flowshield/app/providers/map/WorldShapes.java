package org.flowshield.app.providers.map;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of the world, as the app comes with them; {@code map/world.mjs} makes them. Immutable.
 */
public record WorldShapes(double width, double height, List<Shape> shapes) {

    private static final String FILE = "/org/flowshield/app/providers/world.txt";

    /**
     * A country, or land that has no code.
     *
     * @param code two letters of ISO 3166-1; null: none
     * @param x of its dot
     * @param y of its dot
     * @param path as SVG writes it; empty: it is too small for one
     */
    public record Shape(@Nullable String code, double x, double y, String path) {}

    public WorldShapes {
        shapes = List.copyOf(shapes);
    }

    /** Reads them: a few milliseconds, for a thread beside or the first time the map is shown. */
    public static WorldShapes load() {
        try (InputStream in = WorldShapes.class.getResourceAsStream(FILE);
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        Objects.requireNonNull(in, "the app comes with its map"),
                                        StandardCharsets.UTF_8))) {
            double[] size = {0, 0};
            List<Shape> shapes = new ArrayList<>();
            lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .forEach(
                            fields -> {
                                double[] place = place(fields[1]);
                                if (fields[0].equals("size")) {
                                    size[0] = place[0];
                                    size[1] = place[1];
                                } else {
                                    String code = fields[0].equals("-") ? null : fields[0];
                                    shapes.add(new Shape(code, place[0], place[1], fields[2]));
                                }
                            });
            return new WorldShapes(size[0], size[1], shapes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] place(String text) {
        int comma = text.indexOf(',');
        return new double[] {
            Double.parseDouble(text.substring(0, comma)),
            Double.parseDouble(text.substring(comma + 1))
        };
    }
}

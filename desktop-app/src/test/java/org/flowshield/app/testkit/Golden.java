package org.flowshield.app.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.Image;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Scale;

/**
 * Pictures of screens as they shall look, in {@code src/test/golden}. What is drawn is compared
 * pixel by pixel; on a difference the new picture lies in {@code target/golden}. With {@code
 * -Dflowshield.golden=write} pictures are written anew, to be looked at before they are committed.
 */
public final class Golden {

    private static final Path KEPT = Path.of("src/test/golden");
    private static final Path DRAWN = Path.of("target/golden");

    /**
     * Of a thousand pixels so many may differ by more than {@link #TOLERANCE}: freetype's versions
     * place some edges otherwise.
     */
    private static final double MOST_DIFFERENT = 1.0;

    /** Of 255, in each colour. */
    private static final int TOLERANCE = 24;

    private Golden() {}

    /** Compares what a scene shows. */
    public static void compare(String name, Scene scene) {
        compare(name, Toolkit.on(() -> scene.snapshot(null)));
    }

    /** What a scene shows on a screen of twice the density. */
    public static Image twice(Scene scene) {
        return Toolkit.on(
                () -> {
                    SnapshotParameters parameters = new SnapshotParameters();
                    parameters.setTransform(new Scale(2, 2));
                    return scene.getRoot().snapshot(parameters, null);
                });
    }

    public static void compare(String name, WritableImage drawn) {
        byte[] png = Png.encode(drawn);
        Path kept = KEPT.resolve(name + ".png");
        try {
            if ("write".equals(System.getProperty("flowshield.golden"))) {
                Files.createDirectories(KEPT);
                Files.write(kept, png);
                return;
            }
            Files.createDirectories(DRAWN);
            Path seen = DRAWN.resolve(name + ".png");
            Files.write(seen, png);
            if (!Files.exists(kept)) {
                throw new AssertionError(
                        "there is no picture " + kept + " yet; look at " + seen.toAbsolutePath());
            }
            compare(kept, seen, Files.readAllBytes(kept), drawn);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compare(Path kept, Path seen, byte[] expected, WritableImage drawn) {
        Image golden = new Image(new ByteArrayInputStream(expected));
        int width = (int) golden.getWidth();
        int height = (int) golden.getHeight();
        if (width != (int) drawn.getWidth() || height != (int) drawn.getHeight()) {
            throw new AssertionError(seen + " is not of the size of " + kept);
        }
        PixelReader one = golden.getPixelReader();
        PixelReader other = drawn.getPixelReader();
        long different = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (differ(one.getArgb(x, y), other.getArgb(x, y))) {
                    different++;
                }
            }
        }
        double ofThousand = 1000.0 * different / ((double) width * height);
        if (ofThousand > MOST_DIFFERENT) {
            throw new AssertionError(
                    different + " pixels of " + seen.toAbsolutePath() + " differ from " + kept);
        }
    }

    private static boolean differ(int one, int other) {
        for (int shift = 0; shift <= 16; shift += 8) {
            if (Math.abs((one >> shift & 0xff) - (other >> shift & 0xff)) > TOLERANCE) {
                return true;
            }
        }
        return false;
    }
}

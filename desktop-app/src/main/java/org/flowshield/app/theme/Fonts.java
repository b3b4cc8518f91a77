package org.flowshield.app.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javafx.scene.text.Font;

/** The type that comes with the app, so that it looks the same everywhere. For the FX thread. */
final class Fonts {

    private static final String[] FILES = {"Inter-Regular", "Inter-Medium", "Inter-SemiBold"};

    /** Any: a font that was loaded is found by its family in every size. */
    private static final double SIZE = 14;

    private Fonts() {}

    static void load() {
        for (String file : FILES) {
            String path = "fonts/" + file + ".ttf";
            try (InputStream in = Fonts.class.getResourceAsStream(path)) {
                if (in == null || Font.loadFont(in, SIZE) == null) {
                    throw new IllegalStateException("the app comes with the font " + path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

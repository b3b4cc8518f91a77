package org.flowshield.app.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.net.URL;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.scene.Scene;

/**
 * Puts the look on scenes: AtlantaFX's Primer below, our own tokens and rules above, and those of
 * each part that has some ({@code org/flowshield/app/PART/PART.css}). For the FX thread.
 */
public final class Themes {

    private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");
    private static boolean loaded;

    private Brightness brightness;

    public Themes(Brightness brightness) {
        this.brightness = brightness;
    }

    public void brightness(Brightness chosen) {
        brightness = chosen;
    }

    /** Whether it is dark now. */
    public boolean isDark() {
        return switch (brightness) {
            case LIGHT -> false;
            case DARK -> true;
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        };
    }

    /** Makes a scene look as chosen; again after a change. */
    public void apply(Scene scene) {
        if (!loaded) {
            Fonts.load();
            loaded = true;
        }
        Application.setUserAgentStylesheet(
                isDark()
                        ? new PrimerDark().getUserAgentStylesheet()
                        : new PrimerLight().getUserAgentStylesheet());
        ObservableList<String> sheets = scene.getStylesheets();
        String own = sheet(Themes.class, "flowshield.css");
        if (!sheets.contains(own)) {
            sheets.addFirst(own);
        }
        scene.getRoot().pseudoClassStateChanged(DARK, isDark());
    }

    /** The address of a style sheet beside a class. */
    public static String sheet(Class<?> beside, String name) {
        URL found = beside.getResource(name);
        return Objects.requireNonNull(found, () -> "the app comes with " + name).toExternalForm();
    }
}

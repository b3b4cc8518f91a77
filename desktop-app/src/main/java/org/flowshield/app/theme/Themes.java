package org.flowshield.app.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.net.URL;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.util.Subscription;

/**
 * Puts the look on scenes: AtlantaFX's Primer below, our own tokens and rules above, and those of
 * each part that has some ({@code org/flowshield/app/PART/PART.css}). For the FX thread.
 */
public final class Themes {

    private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");
    private static boolean loaded;

    private final ObservableValue<ColorScheme> system;
    private Brightness brightness;

    /**
     * @param system what the desktop asks for, which may change at any time
     */
    public Themes(Brightness brightness, ObservableValue<ColorScheme> system) {
        this.brightness = brightness;
        this.system = system;
    }

    /** What this computer's desktop asks for. */
    public static ObservableValue<ColorScheme> ofSystem() {
        return Platform.getPreferences().colorSchemeProperty();
    }

    public void brightness(Brightness chosen) {
        brightness = chosen;
    }

    /** Whether it is dark now. */
    public boolean isDark() {
        return switch (brightness) {
            case LIGHT -> false;
            case DARK -> true;
            case SYSTEM -> system.getValue() == ColorScheme.DARK;
        };
    }

    /** Makes a scene look as chosen, and as the system from now on where that was chosen. */
    public Subscription follow(Scene scene) {
        return system.subscribe(_ -> apply(scene));
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

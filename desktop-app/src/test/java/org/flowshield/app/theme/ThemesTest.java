package org.flowshield.app.theme;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;
import org.flowshield.app.testkit.Toolkit;
import org.junit.jupiter.api.Test;

final class ThemesTest {

    private final ObjectProperty<ColorScheme> system =
            new SimpleObjectProperty<>(ColorScheme.LIGHT);
    private final Scene scene = Toolkit.on(() -> new Scene(new StackPane()));

    @Test
    void a_window_that_looks_as_the_system_changes_with_it() {
        Subscription following = follow(Brightness.SYSTEM);
        assertThat(isDark()).isFalse();
        system(ColorScheme.DARK);
        assertThat(isDark()).isTrue();
        system(ColorScheme.LIGHT);
        assertThat(isDark()).isFalse();

        Toolkit.run(following::unsubscribe);
        system(ColorScheme.DARK);
        assertThat(isDark()).isFalse();
    }

    @Test
    void what_was_chosen_stays_whatever_the_system_does() {
        Subscription following = follow(Brightness.LIGHT);
        system(ColorScheme.DARK);
        assertThat(isDark()).isFalse();
        Toolkit.run(following::unsubscribe);
    }

    private Subscription follow(Brightness brightness) {
        return Toolkit.on(() -> new Themes(brightness, system).follow(scene));
    }

    private void system(ColorScheme now) {
        Toolkit.run(() -> system.set(now));
    }

    /** By our own rules, and by those of Primer below. */
    private boolean isDark() {
        return Toolkit.on(
                () -> {
                    boolean own =
                            scene.getRoot()
                                    .getPseudoClassStates()
                                    .contains(PseudoClass.getPseudoClass("dark"));
                    boolean below = Application.getUserAgentStylesheet().contains("dark");
                    assertThat(below).isEqualTo(own);
                    return own;
                });
    }
}

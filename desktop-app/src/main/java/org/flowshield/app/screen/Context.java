package org.flowshield.app.screen;

import java.time.InstantSource;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.desk.Desks;
import org.flowshield.app.navigation.Navigator;
import org.flowshield.app.settings.SettingsFile;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Language;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Ui;
import org.flowshield.app.threads.Work;

/**
 * What every screen is made with. Immutable; made anew when the language changes, and all screens
 * with it.
 *
 * @param daemon what the app stands before
 * @param work where everything that waits is done
 * @param ui the way back to the thread that draws
 * @param clock what time it is
 * @param desks what is done with wallet, node and chain
 */
public record Context(
        Daemon daemon,
        Work work,
        Ui ui,
        SettingsFile settings,
        Navigator navigator,
        Language language,
        Format format,
        InstantSource clock,
        Desks desks) {

    /** What a part says in the chosen language. */
    public Texts texts(String part) {
        return Texts.of(language, part);
    }
}

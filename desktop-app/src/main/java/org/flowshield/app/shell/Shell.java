package org.flowshield.app.shell;

import java.util.Map;
import java.util.function.Function;
import javafx.scene.Parent;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.navigation.Destination;
import org.flowshield.app.navigation.Navigator;
import org.flowshield.app.screen.Screen;
import org.flowshield.app.settings.SettingsFile;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Ui;

/** The window's content: sidebar and screens. Made anew for another language. For the FX thread. */
public final class Shell implements AutoCloseable {

    /** The screens that a window has. */
    public record Screens(Map<Destination, Screen> places, Screen unreachable) {}

    private final ShellController controller;
    private final ShellView view;

    /**
     * @param screens makes them, given who takes people elsewhere
     */
    public Shell(
            Daemon daemon,
            SettingsFile settings,
            Ui ui,
            Texts texts,
            Function<Navigator, Screens> screens) {
        ShellModel model = new ShellModel();
        this.controller = new ShellController(model, daemon, settings, ui);
        Screens made = screens.apply(controller);
        this.view = new ShellView(model, controller, texts, made.places(), made.unreachable());
    }

    public Parent root() {
        return view.root();
    }

    public Navigator navigator() {
        return controller;
    }

    @Override
    public void close() {
        controller.close();
        view.close();
    }
}

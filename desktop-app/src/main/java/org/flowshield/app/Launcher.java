package org.flowshield.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;

/**
 * The app's entry: reads the command line before anything of JavaFX is loaded. No subclass of
 * Application, so that it starts from a class path too.
 */
public final class Launcher {

    private static final int USAGE = 2;

    private Launcher() {}

    public static void main(String[] arguments) {
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("flowshield-app: " + e.getMessage());
            System.exit(USAGE);
            return;
        }
        if (options.has("--help")) {
            System.out.print(Options.HELP);
            return;
        }
        if (options.has("--version")) {
            System.out.println("flowshield-app " + version());
            return;
        }
        Path home = Path.of(Objects.requireNonNull(System.getProperty("user.home")));
        DesktopApp.places = Places.of(options.values(), System.getenv(), home);
        DesktopApp.training = options.has("--train");
        Application.launch(DesktopApp.class);
    }

    /** As the build wrote it into the jar. */
    private static String version() {
        String version = Launcher.class.getPackage().getImplementationVersion();
        return version == null ? "from a checkout" : version;
    }
}

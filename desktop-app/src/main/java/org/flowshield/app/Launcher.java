package org.flowshield.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.application.Application;
import org.flowshield.app.system.SingleInstance;

/**
 * The app's entry: reads the command line before anything of JavaFX is loaded. No subclass of
 * Application, so that it starts from a class path too.
 */
public final class Launcher {

    private static final int USAGE = 2;

    /**
     * Seconds that a connection to the chain is kept for another question. One that was made on
     * another way leads nowhere, and is found out by waiting in vain. The daemon tells when its
     * tunnel comes or goes; of another network that the machine goes over to it tells nothing.
     */
    private static final String KEPT_CONNECTIONS = "2";

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
        System.setProperty("jdk.httpclient.keepalive.timeout", KEPT_CONNECTIONS);
        // Coloured edges of letters would come and go with what lies behind them.
        System.setProperty("prism.lcdtext", "false");
        GraphicsCard.settle(
                System.getProperty("os.name", ""), Path.of("/dev"), System.getProperties());
        Path home = Path.of(Objects.requireNonNull(System.getProperty("user.home")));
        Places places = Places.of(options.values(), System.getenv(), home);
        DesktopApp.places = places;
        DesktopApp.training = options.has("--train");
        try {
            Optional<SingleInstance> one = SingleInstance.begin(places.runtime());
            if (one.isEmpty()) {
                System.out.println("FlowShield is open already; its window was raised.");
                return;
            }
            DesktopApp.instance = one;
        } catch (IOException e) {
            System.err.println(
                    "flowshield-app: whether its window is open already can't be found out: " + e);
        }
        try {
            Application.launch(DesktopApp.class);
        } finally {
            DesktopApp.instance.ifPresent(SingleInstance::close);
        }
    }

    /** As the build wrote it into the jar. */
    private static String version() {
        String version = Launcher.class.getPackage().getImplementationVersion();
        return version == null ? "from a checkout" : version;
    }
}

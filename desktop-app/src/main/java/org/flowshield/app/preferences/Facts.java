package org.flowshield.app.preferences;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the app knows of itself and of where it runs. Immutable.
 *
 * @param version of the app
 * @param settings the file that what is chosen here is kept in
 * @param network the network file that the app was started with; null: none
 * @param system name, version and architecture of the operating system
 * @param runtime the versions of Java and JavaFX
 * @param desktop what runs the session, such as {@code GNOME, wayland}
 */
public record Facts(
        String version,
        Path settings,
        @Nullable Path network,
        String system,
        String runtime,
        String desktop) {

    /** Where the build writes the version of all its parts. */
    private static final String VERSION = "/org/flowshield/node/cli/version.properties";

    /** Of this process. */
    public static Facts ofProcess(Path settings, @Nullable Path network) {
        return new Facts(
                written(),
                settings,
                network,
                property("os.name") + " " + property("os.version") + ", " + property("os.arch"),
                "Java "
                        + property("java.runtime.version")
                        + ", JavaFX "
                        + property("javafx.version"),
                variable("XDG_CURRENT_DESKTOP") + ", " + variable("XDG_SESSION_TYPE"));
    }

    private static String written() {
        java.util.Properties properties = new java.util.Properties();
        try (java.io.InputStream in = Facts.class.getResourceAsStream(VERSION)) {
            if (in == null) {
                return "unknown";
            }
            properties.load(in);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        return value == null ? "unknown" : value;
    }
}

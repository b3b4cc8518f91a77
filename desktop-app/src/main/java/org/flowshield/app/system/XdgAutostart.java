package org.flowshield.app.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.flowshield.node.disk.DurableFile;

/**
 * By a file in the person's own {@code autostart} folder, as the Desktop Application Autostart
 * Specification 0.5 says; one that is hidden or disabled there counts as off. Safe for use by one
 * thread at a time.
 */
public final class XdgAutostart implements Autostart {

    private static final String FILE = "flowshield.desktop";

    /** Where jpackage's launchers say who they are. */
    private static final String LAUNCHER = "jpackage.app-path";

    /** Desktop Entry Specification 1.5, "The Exec key": these are escaped within quotes. */
    private static final String ESCAPED = "\"`$\\";

    private final Path file;
    private final List<String> command;

    /**
     * @param config the person's folder of configurations
     * @param command that starts the app
     */
    public XdgAutostart(Path config, List<String> command) {
        this.file = config.resolve("autostart").resolve(FILE);
        this.command = List.copyOf(command);
    }

    /**
     * Of the installed app on Linux; one that runs from a checkout has nothing to start.
     *
     * @param environment the process's
     * @param home the person's folder
     */
    public static Optional<Autostart> ofInstalled(Map<String, String> environment, Path home) {
        String system = System.getProperty("os.name", "");
        String launcher = System.getProperty(LAUNCHER);
        return system.equals("Linux") && launcher != null
                ? Optional.of(new XdgAutostart(config(environment, home), List.of(launcher)))
                : Optional.empty();
    }

    /** The XDG specification says that relative paths are ignored. */
    private static Path config(Map<String, String> environment, Path home) {
        return Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElse(home.resolve(".config"));
    }

    @Override
    public boolean isOn() throws IOException {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            return !lines.contains("Hidden=true")
                    && !lines.contains("X-GNOME-Autostart-enabled=false");
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void set(boolean on) throws IOException {
        if (on) {
            Files.createDirectories(file.getParent());
            DurableFile.write(file, entry().getBytes(StandardCharsets.UTF_8));
        } else {
            Files.deleteIfExists(file);
        }
    }

    private String entry() {
        String exec = command.stream().map(XdgAutostart::quoted).collect(Collectors.joining(" "));
        return """
               [Desktop Entry]
               Type=Application
               Name=FlowShield
               Exec=%s
               Terminal=false
               """
                .formatted(exec);
    }

    /** Escaped twice: as the Exec key says, and as every string of such a file. */
    private static String quoted(String argument) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < argument.length(); i++) {
            char sign = argument.charAt(i);
            if (ESCAPED.indexOf(sign) >= 0) {
                quoted.append('\\');
            }
            quoted.append(sign);
        }
        return quoted.append('"').toString().replace("\\", "\\\\").replace("%", "%%");
    }
}

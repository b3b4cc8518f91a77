package org.flowshield.node.cli.system;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flowshield.node.cli.FlowShield;
import org.jspecify.annotations.Nullable;

/**
 * What starts a daemon: the command line, and the files that it has to see. Immutable.
 *
 * @param command the program, by its full path, and its arguments
 * @param files all that it reads of itself
 */
record DaemonProgram(List<String> command, List<Path> files) {

    /** Set by an installation's own launcher: its path. */
    private static final String LAUNCHER = "jpackage.app-path";

    private static final String VERB = "daemon";

    /** Good for a verb that lives for a moment, not for a daemon. */
    private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel";

    DaemonProgram {
        command = List.copyOf(command);
        files = List.copyOf(files);
        if (command.isEmpty() || !Path.of(command.getFirst()).isAbsolute()) {
            throw new IllegalArgumentException("a program by its full path is needed: " + command);
        }
    }

    /** The program that runs now, as a daemon. */
    static DaemonProgram ofThisProcess() {
        @Nullable String launcher = System.getProperty(LAUNCHER);
        return launcher != null
                ? installed(Path.of(launcher))
                : ofClasses(
                        Path.of(System.getProperty("java.home")),
                        ManagementFactory.getRuntimeMXBean().getInputArguments(),
                        System.getProperty("java.class.path"));
    }

    /** Of an installation. */
    static DaemonProgram installed(Path launcher) {
        return new DaemonProgram(List.of(launcher.toString(), VERB), List.of(launcher));
    }

    /**
     * Of a checkout.
     *
     * @param options what this JVM was started with
     * @param classPath as in {@code java.class.path}; relative parts are as seen from here
     */
    static DaemonProgram ofClasses(Path javaHome, List<String> options, String classPath) {
        List<Path> classes =
                Stream.of(classPath.split(File.pathSeparator, -1))
                        .filter(part -> !part.isEmpty())
                        .map(part -> Path.of(part).toAbsolutePath().normalize())
                        .toList();
        Path java = javaHome.resolve("bin").resolve("java");
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        options.stream().filter(o -> !o.startsWith(QUICK_COMPILER)).forEach(command::add);
        command.add("-cp");
        command.add(String.join(File.pathSeparator, classes.stream().map(Path::toString).toList()));
        command.add(FlowShield.class.getName());
        command.add(VERB);
        List<Path> files = new ArrayList<>(classes);
        files.add(java);
        return new DaemonProgram(command, files);
    }

    /** Whether any of its files lies below that folder. */
    boolean liesIn(Path folder) {
        return files.stream().anyMatch(file -> file.startsWith(folder));
    }
}

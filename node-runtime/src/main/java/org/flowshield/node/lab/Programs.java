package org.flowshield.node.lab;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where the system's programs are. Users other than root often lack /usr/sbin in their PATH. */
final class Programs {

    private static final List<String> SYSTEM_FOLDERS =
            List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin");

    private Programs() {}

    static String path() {
        String inherited = System.getenv().getOrDefault("PATH", "");
        Set<String> folders =
                new LinkedHashSet<>(Arrays.asList(inherited.split(File.pathSeparator, -1)));
        folders.remove("");
        folders.addAll(SYSTEM_FOLDERS);
        return String.join(File.pathSeparator, folders);
    }

    static Optional<Path> find(String program) {
        return Arrays.stream(path().split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * The command with its program's full path; unchanged if it is not found or has one already.
     */
    static List<String> resolve(List<String> command) {
        String program = command.getFirst();
        if (program.contains("/")) return command;
        List<String> resolved = new ArrayList<>(command);
        find(program).ifPresent(path -> resolved.set(0, path.toString()));
        return resolved;
    }
}

package org.flowshield.installers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The folders of this repository that packages are made of, and programs that look at them. */
final class Sources {

    /** Tests run in the module's folder. */
    static final Path INSTALLERS = Path.of("").toAbsolutePath();

    static final Path ROOT = INSTALLERS.resolve("..").normalize();

    static final Path JPACKAGE = ROOT.resolve("jpackage");

    /** Longer than any of these programs takes on a busy machine. */
    private static final long SECONDS = 120;

    /** How a program ended. */
    record Result(int status, String output) {}

    private Sources() {}

    static Result run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command + " did not end");
        }
        return new Result(process.exitValue(), output);
    }

    static boolean isInstalled(String program) {
        return Stream.of("/usr/bin", "/bin", "/usr/local/bin")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** All files below a folder whose names end like that. */
    static List<Path> files(Path folder, String... suffixes) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(INSTALLERS.resolve("target")))
                    .filter(file -> Stream.of(suffixes).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }
}

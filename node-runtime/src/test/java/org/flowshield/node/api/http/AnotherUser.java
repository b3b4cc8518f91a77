package org.flowshield.node.api.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs as the user {@code nobody}. */
public final class AnotherUser {

    /**
     * Another user and group, without any right but to read files: libraries of a build lie in the
     * home of who builds. Connecting to a socket takes the right to write.
     */
    private static final List<String> NOBODY =
            List.of(
                    "setpriv",
                    "--reuid=nobody",
                    "--regid=nogroup",
                    "--clear-groups",
                    "--inh-caps=-all,+dac_read_search",
                    "--ambient-caps=-all,+dac_read_search",
                    "--bounding-set=-all,+dac_read_search");

    /** Far above what a JVM needs to start on a busy machine. */
    private static final int SECONDS = 60;

    private AnotherUser() {}

    /** What a program printed and how it ended. */
    public record Result(int exit, String out, String err) {}

    public static void assumePossible() throws IOException {
        assumeTrue(
                Files.getOwner(Path.of("/proc/self")).getName().equals("root"),
                "needs root to become another user");
    }

    public static Result run(String... command) throws IOException, InterruptedException {
        return await(all(NOBODY, List.of(command)));
    }

    public static Result runAsRoot(String... command) throws IOException, InterruptedException {
        return await(List.of(command));
    }

    /** A class of this class path in a process of its own, as that user. */
    public static Result java(String main, String... arguments)
            throws IOException, InterruptedException {
        return await(all(NOBODY, jvm(main, arguments)));
    }

    /** The same, going on while the test does. */
    public static Process startJava(String main, String... arguments) throws IOException {
        return new ProcessBuilder(all(NOBODY, jvm(main, arguments)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<String> jvm(String main, String... arguments) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return all(
                List.of(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main),
                List.of(arguments));
    }

    private static List<String> all(List<String> first, List<String> then) {
        List<String> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }

    private static Result await(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("another-user", ".out");
        Path err = Files.createTempFile("another-user", ".err");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("did not end in time: " + command);
            }
            return new Result(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}

package org.flowshield.tun;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * Libraries in C that stand in for another system's, compiled when a test first needs one. Without
 * gcc the test is skipped, and says so.
 */
public final class NativeStub {

    private static final int COMPILE_SECONDS = 120;

    private NativeStub() {}

    /**
     * Compiles a C file that lies beside a test class.
     *
     * @param options for the compiler
     * @return the library, which goes with the JVM
     */
    public static Path compile(Class<?> beside, String file, String... options)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("flowshield-stub");
        folder.toFile().deleteOnExit();
        Path source = folder.resolve(file);
        Path library = folder.resolve(file.replace(".c", ".so"));
        try (InputStream in = beside.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException("no " + file + " beside " + beside);
            }
            Files.copy(in, source);
        }
        source.toFile().deleteOnExit();
        List<String> command = new ArrayList<>(List.of("gcc", "-shared", "-fPIC", "-pthread"));
        command.addAll(List.of("-O1", "-Wall", "-Wextra", "-Werror"));
        command.addAll(List.of(options));
        command.addAll(List.of("-o", library.toString(), source.toString()));
        run(command);
        library.toFile().deleteOnExit();
        return library;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new TestAbortedException("gcc is not installed: ./dev setup", e);
        }
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(COMPILE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }
}

package org.flowshield.node.cli.system;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Those of this machine. Stateless, any thread. */
final class LinuxPrograms implements Programs {

    /** Stopping a daemon takes up to 30 s by its unit; whatever takes much longer hangs. */
    private static final Duration WITHIN = Duration.ofSeconds(90);

    private static final String FOLDERS = "/usr/sbin:/usr/bin:/sbin:/bin";

    @Override
    public Result run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(found(command)).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C"); // its words are compared
        builder.environment().put("PATH", FOLDERS);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            CompletableFuture<String> output =
                    CompletableFuture.supplyAsync(
                            () -> readAll(process), Thread::startVirtualThread);
            if (!process.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(
                        "'%s' did not end within %d s"
                                .formatted(String.join(" ", command), WITHIN.toSeconds()));
            }
            return new Result(process.exitValue(), output.join().strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted during " + command.getFirst());
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
                    && uid == 0;
        } catch (IOException | UnsupportedOperationException e) {
            return false; // no Linux: no systemd either
        }
    }

    /** A user's own path often lacks the folders of the administrator. */
    private static List<String> found(List<String> command) {
        for (String folder : FOLDERS.split(":", -1)) {
            Path program = Path.of(folder, command.getFirst());
            if (Files.isExecutable(program)) {
                List<String> words = new java.util.ArrayList<>(command);
                words.set(0, program.toString());
                return words;
            }
        }
        return command;
    }

    private static String readAll(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.flowshield.node.restore.linux;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.restore.MachineException;
import org.flowshield.node.restore.MachineException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A Linux network namespace: the one that this process is in, or one with a name. Stateless, any
 * thread.
 */
public final class LinuxMachine implements Machine {

    private static final Path OWN_NAMESPACE = Path.of("/proc/self/ns/net");
    private static final Path NAMED_NAMESPACES = Path.of("/run/netns");
    private static final String SETTINGS = "/proc/sys/net/";

    /** {@code ip} and {@code nft} take milliseconds; a kernel that takes this long is stuck. */
    private static final Duration COMMAND_WITHIN = Duration.ofSeconds(10);

    /** Null for what is in no namespace. */
    private final @Nullable Path namespace;

    private final List<String> enter;

    private LinuxMachine(@Nullable Path namespace, List<String> enter) {
        this.namespace = namespace;
        this.enter = enter;
    }

    /** The namespace of this process. */
    public static LinuxMachine own() {
        return new LinuxMachine(OWN_NAMESPACE, List.of());
    }

    /** For changes of files, which are in no namespace of the network. */
    public static LinuxMachine ofFiles() {
        return new LinuxMachine(null, List.of());
    }

    /**
     * The namespace with the given number; empty if it is gone or has no name. What belongs to no
     * namespace is found in that of this process.
     */
    public static Optional<Machine> find(long number) throws IOException {
        if (number == Machine.NO_NAMESPACE) {
            return Optional.of(ofFiles());
        }
        LinuxMachine own = own();
        if (own.isNumber(number)) {
            return Optional.of(own);
        }
        try (DirectoryStream<Path> names = Files.newDirectoryStream(NAMED_NAMESPACES)) {
            for (Path name : names) {
                LinuxMachine named =
                        new LinuxMachine(name, List.of("nsenter", "--net=" + name, "--"));
                if (named.isNumber(number)) {
                    return Optional.of(named);
                }
            }
        } catch (NoSuchFileException e) {
            return Optional.empty(); // no namespace was ever given a name
        }
        return Optional.empty();
    }

    @Override
    public long namespace() {
        if (namespace == null) {
            return Machine.NO_NAMESPACE;
        }
        try {
            return enter.isEmpty()
                    ? NamespaceNumber.own(namespace)
                    : NamespaceNumber.named(namespace);
        } catch (IOException e) {
            return -1; // removed while we looked
        }
    }

    /** Records from a kernel without cookies have the file's number. */
    private boolean isNumber(long number) throws IOException {
        if (namespace == null) {
            return number == Machine.NO_NAMESPACE;
        }
        try {
            return NamespaceNumber.isFileNumber(number)
                    ? NamespaceNumber.fileNumber(namespace) == number
                    : namespace() == number;
        } catch (NoSuchFileException e) {
            return false; // removed while we looked
        }
    }

    @Override
    public String run(List<String> command) throws MachineException {
        return run(command, "");
    }

    @Override
    public String run(List<String> command, String input) throws MachineException {
        List<String> words = new ArrayList<>(enter);
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C"); // its words are compared
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new MachineException(
                    Reason.NOT_INSTALLED,
                    "can't run " + words.getFirst() + ": it is not installed",
                    e);
        }
        try {
            return finish(process, command, input);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String finish(Process process, List<String> command, String input)
            throws MachineException {
        String words = String.join(" ", command);
        CompletableFuture<String> output =
                CompletableFuture.supplyAsync(() -> readAll(process), Thread::startVirtualThread);
        try {
            feed(process, input);
            if (!process.waitFor(COMMAND_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                throw new MachineException(
                        Reason.TIMEOUT,
                        "'%s' did not end within %d s"
                                .formatted(words, COMMAND_WITHIN.toSeconds()));
            }
            String printed = output.get(COMMAND_WITHIN.toSeconds(), TimeUnit.SECONDS);
            if (process.exitValue() != 0) {
                throw new MachineException(
                        Reason.FAILED,
                        "'%s' failed with status %d: %s"
                                .formatted(words, process.exitValue(), printed.strip()));
            }
            return printed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MachineException(Reason.INTERRUPTED, "interrupted during '" + words + "'", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new MachineException(Reason.FAILED, "lost the output of '" + words + "'", e);
        }
    }

    private static void feed(Process process, String input) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException expected) {
            // It ended without reading all of it; its status and its words say why.
        }
    }

    private static String readAll(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> networkState() {
        return enter.isEmpty() ? NetworkState.own() : Optional.empty();
    }

    @Override
    public Optional<String> setting(String path) throws MachineException {
        Path file = Path.of(SETTINGS + path);
        if (!enter.isEmpty()) {
            return settingElsewhere(file);
        }
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new MachineException(
                    Reason.FAILED, "can't read the kernel setting " + file + ": " + e, e);
        }
    }

    private Optional<String> settingElsewhere(Path file) throws MachineException {
        try {
            return Optional.of(run(List.of("cat", file.toString())).strip());
        } catch (MachineException e) {
            if (String.valueOf(e.getMessage()).contains("No such file or directory")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void set(String path, String value) throws MachineException {
        Path file = Path.of(SETTINGS + path);
        if (!enter.isEmpty()) {
            run(List.of("tee", file.toString()), value);
            return;
        }
        try {
            Files.writeString(file, value);
        } catch (IOException e) {
            throw new MachineException(
                    Reason.FAILED,
                    "can't set the kernel setting %s to %s: %s".formatted(file, value, e),
                    e);
        }
    }

    @Override
    public List<String> settings(String folder) throws MachineException {
        if (!enter.isEmpty()) {
            // Sorted as below, and each on a line of its own because the output is no terminal.
            return run(List.of("ls", SETTINGS + folder)).lines().sorted().toList();
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of(SETTINGS + folder))) {
            found.forEach(path -> names.add(String.valueOf(path.getFileName())));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new MachineException(
                    Reason.FAILED, "can't list the kernel settings " + folder + ": " + e, e);
        }
        names.sort(null);
        return names;
    }
}

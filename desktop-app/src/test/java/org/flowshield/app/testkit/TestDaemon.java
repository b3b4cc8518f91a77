package org.flowshield.app.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.cli.FlowShield;
import org.flowshield.node.lab.Lab;

/** A real daemon on this machine, in a process of its own. Serves nothing by itself. One thread. */
public final class TestDaemon implements AutoCloseable {

    private final Path data;
    private final Path log;
    private final List<String> settings;
    private final NodeClient api;
    private Process process;

    private TestDaemon(Path data, List<String> settings) throws IOException {
        this.data = data;
        this.log = data.resolveSibling(data.getFileName() + ".log");
        this.settings = List.copyOf(settings);
        this.api = new NodeClient(socket());
        this.process = launch();
    }

    /**
     * Starts one, which can be asked when this returns.
     *
     * @param data its data directory; what it logs lies beside it
     * @param settings such as {@code network.local=true}
     */
    public static TestDaemon start(Path data, String... settings) throws IOException {
        return new TestDaemon(data, List.of(settings));
    }

    private Process launch() throws IOException {
        List<String> words =
                new ArrayList<>(List.of("daemon", "--data", data.toString(), "--json"));
        words.addAll(List.of("--set", "roles.enabled="));
        settings.forEach(setting -> words.addAll(List.of("--set", setting)));
        Process started =
                new ProcessBuilder(Lab.javaCommand(FlowShield.class, words.toArray(String[]::new)))
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        BufferedReader said = started.inputReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("{\"event\":\"settled\"")) {
                return started;
            }
        }
        throw new IOException("the daemon ended: " + log());
    }

    /** Where others steer it. */
    public Path socket() {
        return data.resolve("api.sock");
    }

    public NodeClient api() {
        return api;
    }

    /** What it has logged so far. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Ends it in order. */
    public void stop() throws InterruptedException {
        process.destroy();
        int _ = process.waitFor();
    }

    /** Starts it again where it was stopped, with what it has kept. */
    public void startAgain() throws IOException {
        process = launch();
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        api.close();
    }
}

package org.flowshield.bench.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.lab.Lab;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program of the bench's in a JVM of its own, which ends with this object. It says one line of
 * JSON for its libp2p address, and one for each command. For one thread.
 */
public final class ServingProcess implements AutoCloseable {

    private static final int FAREWELL_SECONDS = 10;
    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    private ServingProcess(Process process) {
        this.process = process;
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts one.
     *
     * @param main runs it
     * @param jvm options for its JVM
     */
    public static ServingProcess start(Class<?> main, List<String> jvm, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(Lab.javaCommand(main, arguments));
        command.addAll(1, jvm);
        return new ServingProcess(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** Where it listens; to be asked for once, first. */
    public Multiaddr address() throws IOException {
        String address = answer().path("address").asString();
        try {
            return Multiaddr.parse(address);
        } catch (MalformedMultiaddrException e) {
            throw new IOException("it told a strange address: " + address, e);
        }
    }

    /** What it says to a command. */
    public JsonNode ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        return answer();
    }

    private JsonNode answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith("{")) { // the rest is some library's
                return JSON.readTree(line);
            }
        }
        throw new IOException("the serving process ended");
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
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

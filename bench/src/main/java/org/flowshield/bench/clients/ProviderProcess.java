package org.flowshield.bench.clients;

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

/** A {@link ServingProvider} in its own JVM, which ends with this object. For one thread. */
final class ProviderProcess implements AutoCloseable {

    private static final int FAREWELL_SECONDS = 10;
    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    private ProviderProcess(Process process) {
        this.process = process;
        commands = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts one.
     *
     * @param rate in total, in bytes a second; 0 for none
     * @param jvm options for its JVM
     */
    static ProviderProcess start(int sessions, long rate, List<String> jvm) throws IOException {
        List<String> command =
                new ArrayList<>(
                        Lab.javaCommand(
                                ServingProvider.class,
                                Integer.toString(sessions),
                                Long.toString(rate)));
        command.addAll(1, jvm);
        return new ProviderProcess(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** Where it listens; to be asked for once, first. */
    Multiaddr address() throws IOException {
        String address = answer().path("address").asString();
        try {
            return Multiaddr.parse(address);
        } catch (MalformedMultiaddrException e) {
            throw new IOException("the provider told a strange address: " + address, e);
        }
    }

    /** What it says to a command. */
    JsonNode ask(String command) throws IOException {
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
        throw new IOException("the provider's process ended");
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

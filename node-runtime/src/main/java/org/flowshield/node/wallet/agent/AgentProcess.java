package org.flowshield.node.wallet.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the process that holds a wallet's keys, as one that outlives the one that starts it. */
public final class AgentProcess {

    /** The one line that it writes when it serves. */
    public static final String READY = "ready";

    /** What the process may say about why it does not serve. */
    private static final int MAX_WORDS = 4000;

    /**
     * A small JVM that nobody attaches to, that leaves no image of its memory, and that starts
     * fast.
     */
    private static final List<String> JVM =
            List.of(
                    "-Xss512k",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+DisableAttachMechanism",
                    "-XX:-UsePerfData",
                    "-XX:-CreateCoredumpOnCrash",
                    "-XX:-HeapDumpOnOutOfMemoryError",
                    "-XX:ErrorFile=/dev/null",
                    "--enable-native-access=ALL-UNNAMED");

    /** What a user sets for other JVMs, such as an agent that watches, is not for this one. */
    private static final List<String> NOT_INHERITED =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** Where an installation has the native libraries, which its jars are without. */
    private static final List<String> NATIVES =
            List.of("java.library.path", "jna.boot.library.path", "org.sqlite.lib.path");

    /** Of the process that holds keys, which makes none of passwords. */
    private static final int HEAP_MIB = 64;

    private AgentProcess() {}

    /**
     * This process's own Java with flags that are fit for keys, its class path and that main class
     * (its full name): what {@link #start} is given, with arguments behind it.
     */
    public static List<String> javaCommand(String main) {
        return javaCommand(main, HEAP_MIB);
    }

    /** The same with another most of heap. */
    public static List<String> javaCommand(String main, int heapMib) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heapMib + "m");
        command.addAll(JVM);
        for (String place : NATIVES) {
            String folder = System.getProperty(place);
            if (folder != null) {
                command.add("-D" + place + "=" + folder);
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        return command;
    }

    /**
     * That command, with all that it says in one stream and without what a user sets for others.
     */
    public static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        NOT_INHERITED.forEach(environment::remove);
        return builder;
    }

    /**
     * Starts it and waits until it serves, locked.
     *
     * @param command whole
     * @throws IOException if it does not; says what it said
     */
    public static void start(List<String> command) throws IOException {
        Process process = builder(command).start();
        process.getOutputStream().close();
        StringBuilder words = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(
                        new java.io.InputStreamReader(
                                process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(READY)) {
                    return;
                }
                if (words.length() < MAX_WORDS) {
                    words.append(words.isEmpty() ? "" : "; ").append(line);
                }
            }
        }
        throw new IOException("the process that would hold the keys ended: " + words);
    }
}

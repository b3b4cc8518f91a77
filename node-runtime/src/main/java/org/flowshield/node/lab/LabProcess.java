package org.flowshield.node.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A running command whose output is kept. Any thread may use it; the lab that started it ends it at
 * the latest.
 */
public final class LabProcess implements AutoCloseable {

    /** Characters kept of each stream: a long iperf3 report takes some 100 000. */
    public static final int MAX_OUTPUT = 1 << 20;

    /** From SIGTERM to SIGKILL: time enough to remove routes and rules, short enough for Ctrl-C. */
    static final Duration TERM_GRACE = Duration.ofSeconds(5);

    /** What the kernel may take to bury a killed process. */
    static final Duration KILL_GRACE = Duration.ofSeconds(5);

    private static final int QUOTED_ERRORS = 2000;
    private static final int QUOTED_COMMAND = 300;

    private final List<String> command;
    private final Process process;
    private final Output output;
    private final Output errors;

    private LabProcess(List<String> command, Process process) {
        this.command = command;
        this.process = process;
        this.output = new Output(process.getInputStream(), MAX_OUTPUT);
        this.errors = new Output(process.getErrorStream(), MAX_OUTPUT);
    }

    /** Starts a command on this machine, outside of any namespace, with an empty standard input. */
    static LabProcess start(List<String> command) throws LabException {
        return start(command, "");
    }

    static LabProcess start(List<String> command, String input) throws LabException {
        ProcessBuilder builder = new ProcessBuilder(Programs.resolve(command));
        builder.environment().put("PATH", Programs.path());
        builder.environment().put("LC_ALL", "C");
        try {
            LabProcess started = new LabProcess(command, builder.start());
            started.feed(input);
            return started;
        } catch (IOException e) {
            throw new LabException(
                    "could not start " + command.getFirst() + ": " + e.getMessage(), e);
        }
    }

    private void feed(String input) {
        try (var stdin = process.outputWriter()) {
            stdin.write(input);
        } catch (IOException e) {
            // It ended without reading its input: its exit code and its errors say why.
            assert !input.isEmpty() : e;
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has written to its standard output so far. */
    public String output() {
        return output.text();
    }

    /** What it has written to its standard error so far. */
    public String errors() {
        return errors.text();
    }

    /**
     * Waits until it has written a line to its standard output or standard error.
     *
     * @throws LabException if it ended or the time ran out before that
     */
    public String awaitLine(String what, Predicate<String> wanted, Duration atMost)
            throws LabException, InterruptedException {
        return awaitLine(output, what, wanted, atMost);
    }

    /** As {@link #awaitLine}, on its standard error. */
    public String awaitErrorLine(String what, Predicate<String> wanted, Duration atMost)
            throws LabException, InterruptedException {
        return awaitLine(errors, what, wanted, atMost);
    }

    private String awaitLine(Output where, String what, Predicate<String> wanted, Duration atMost)
            throws LabException, InterruptedException {
        Optional<String> line = where.awaitLine(wanted, atMost);
        if (line.isPresent()) return line.get();
        String before =
                process.isAlive()
                        ? "within " + atMost.toSeconds() + " s"
                        : "before it ended with exit code " + process.exitValue();
        throw new LabException(
                "%s did not say '%s' %s%s".formatted(this, what, before, quotedErrors()));
    }

    /** Waits for its end, whatever its exit code. When the time runs out it is ended. */
    public Completed await(Duration atMost) throws LabException, InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            stop();
            throw new LabException(
                    "%s took more than %d s and was ended%s"
                            .formatted(this, atMost.toSeconds(), quotedErrors()));
        }
        // A grandchild that keeps the pipe open must not hold us up.
        output.awaitEnd(KILL_GRACE);
        errors.awaitEnd(KILL_GRACE);
        return new Completed(process.exitValue(), output.text(), errors.text());
    }

    /** As {@link #await}, but an exit code other than 0 is an error. */
    public Completed awaitSuccess(Duration atMost) throws LabException, InterruptedException {
        Completed completed = await(atMost);
        if (completed.succeeded()) return completed;
        throw new LabException(
                "%s ended with exit code %d%s"
                        .formatted(this, completed.exitCode(), quotedErrors()));
    }

    private String quotedErrors() {
        String said = errors.text().strip();
        if (said.isEmpty()) said = output.text().strip();
        if (said.isEmpty()) return "";
        return ":\n" + said.substring(Math.max(0, said.length() - QUOTED_ERRORS));
    }

    /** Asks it to end (SIGTERM) without waiting. */
    public void terminate() {
        // Process.destroy would close the pipes as well, and lose what it says while it ends.
        process.toHandle().destroy();
    }

    /** Ends it: SIGTERM, and SIGKILL if it does not obey. Returns when it is gone. */
    public void stop() throws InterruptedException {
        terminate();
        if (!process.waitFor(TERM_GRACE.toMillis(), TimeUnit.MILLISECONDS)) kill();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        var _ = process.waitFor(KILL_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean awaitEnd(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** As {@link #stop}; an interrupt makes it a SIGKILL. */
    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The command in short: without class path, and cut. */
    @Override
    public String toString() {
        List<String> told = new ArrayList<>(command);
        int classPath = told.indexOf("-cp") + 1;
        if (classPath > 0 && classPath < told.size()) told.set(classPath, "...");
        String line = String.join(" ", told).replace('\n', ' ');
        return line.length() <= QUOTED_COMMAND ? line : line.substring(0, QUOTED_COMMAND) + "...";
    }
}

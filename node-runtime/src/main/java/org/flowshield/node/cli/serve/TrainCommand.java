package org.flowshield.node.cli.serve;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.config.Config;
import org.flowshield.node.logging.LatestLines;
import org.flowshield.node.logging.StandardError;
import org.flowshield.node.role.NodeFailure;
import org.flowshield.node.role.Rehearsal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * A daemon, a session and some verbs in one process that ends: what the JVM loads meanwhile goes
 * into the cache that packages start from.
 */
@Command(
        name = "train",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Runs a daemon and verbs that speak to it, and ends: for building packages.")
public final class TrainCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;
    @Mixin private final ConfigSource source = new ConfigSource();

    @Parameters(
            paramLabel = "VERB",
            description = "With its options, in one word; the socket is added. May fail.")
    private List<String> verbs = List.of();

    @Option(
            names = "--socket",
            paramLabel = "FILE",
            description = "Of the daemon.",
            required = true)
    private @Nullable Path socket;

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        Config config = source.read();
        CommandLine root = Objects.requireNonNull(spec).root().commandLine();
        Path place = Objects.requireNonNull(socket);
        PrintWriter out = root.getOut();
        LatestLines log = new LatestLines(Instant.now());
        StandardError.alsoTo(log, LogLevel.WARN);
        try (RunningDaemon daemon = RunningDaemon.start(config, source.directory(), place, log)) {
            daemon.settle(config);
            new Rehearsal(new SecureRandom()).now();
            for (String verb : verbs) {
                out.println(verb);
                out.print(said(root, verb + " --socket " + place));
            }
            out.flush();
            return ExitStatus.OK.code();
        } catch (RefusedException e) {
            throw CommandFailedException.of(e);
        } catch (IOException e) {
            throw CommandFailedException.of(NodeFailure.of(e));
        }
    }

    private static String said(CommandLine root, String line) {
        StringWriter said = new StringWriter();
        PrintWriter to = new PrintWriter(said, true);
        Object verbs = root.getCommandSpec().userObject();
        int _ =
                new CommandLine(verbs)
                        .setOut(to)
                        .setErr(to)
                        .setExecutionExceptionHandler(root.getExecutionExceptionHandler())
                        .setParameterExceptionHandler(root.getParameterExceptionHandler())
                        .execute(line.split(" ", -1));
        return said.toString();
    }
}

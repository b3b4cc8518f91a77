package org.flowshield.node.cli.remote;

import java.time.Duration;
import java.time.ZoneId;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.logs.LogEntry;
import org.flowshield.node.api.logs.LogExcerpt;
import org.flowshield.node.api.logs.LogLevel;
import org.flowshield.node.api.logs.LogQuery;
import org.flowshield.node.api.logs.LogText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what the daemon has written to its log. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows the newest of the daemon's log, the oldest first.",
            "The daemon keeps up to "
                    + LogQuery.MAX_LINES
                    + " entries in memory, of this run alone; what its configuration (log.level)"
                    + " leaves out is not there. All of it goes to its standard error, too."
        },
        footer = {
            "",
            "--follow --json prints one entry a line, as they stand in the answer without --follow.",
            "Example: what went wrong, and what goes wrong from now on:",
            "  flowshield logs --level warn --follow"
        })
public final class LogsCommand extends RemoteVerb {

    /** Soon enough for people; the daemon looks through its memory for each answer. */
    private static final Duration ASKED_EVERY = Duration.ofSeconds(1);

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "" + LogQuery.DEFAULT_LINES,
            description = "How many entries at the most (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(
            names = "--level",
            paramLabel = "error|warn|info|debug",
            defaultValue = "debug",
            description = "Only those of that weight, and heavier ones (default: all).")
    private LogLevel level = LogLevel.DEBUG;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with each new entry, until stopped (Ctrl-C).")
    private boolean follow;

    private final LogText text = new LogText(ZoneId.systemDefault());

    @Override
    void run(NodeClient client) throws NoDaemonException, RefusedException, InterruptedException {
        LogExcerpt excerpt = client.logs().read(query());
        if (follow) {
            tell(excerpt);
            follow(client, excerpt);
        } else if (output().json() || !excerpt.entries().isEmpty()) {
            print(text.of(excerpt.entries()), excerpt);
        }
    }

    private LogQuery query() {
        try {
            return new LogQuery(lines, level);
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw new IllegalStateException("picocli did not set the command's model", e);
            }
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    /** Asks for what came after the last that was told; of a daemon that began anew, for all. */
    private void follow(NodeClient client, LogExcerpt first)
            throws NoDaemonException, RefusedException, InterruptedException {
        LogQuery all = new LogQuery(LogQuery.MAX_LINES, level);
        LogExcerpt told = first;
        while (true) {
            Thread.sleep(ASKED_EVERY);
            LogExcerpt next = client.logs().read(all.after(told.last()));
            if (!next.begun().equals(told.begun())) {
                output().progress("the daemon was started anew");
                next = client.logs().read(all);
            }
            if (next.missed() > 0) {
                output().progress(next.missed() + " entries came too fast and are not kept");
            }
            tell(next);
            told = next;
        }
    }

    private void tell(LogExcerpt excerpt) {
        for (LogEntry entry : excerpt.entries()) {
            print(text.of(entry), entry);
        }
    }
}

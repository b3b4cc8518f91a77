package org.flowshield.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./dev bench}: benchmarks against real peers, one subcommand each. */
@Command(
        name = "bench",
        description = "Benchmarks against real peers.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "NAME",
        subcommands = {})
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }
}

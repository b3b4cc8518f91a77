package org.flowshield.node.cli.node;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a single node in the foreground. Hidden: the daemon will do this for everybody. */
@Command(
        name = "node",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = {
            "Runs a provider or a client in the foreground, until it is stopped (Ctrl-C).",
            "For tests and for people who debug networks; needs root."
        },
        subcommands = {ProviderCommand.class, ClientCommand.class})
public final class NodeCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's model");
        }
        throw new ParameterException(spec.commandLine(), "say which: provider or client");
    }
}

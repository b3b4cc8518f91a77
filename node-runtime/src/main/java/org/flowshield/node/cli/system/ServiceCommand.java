package org.flowshield.node.cli.system;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The daemon as a service that systemd starts with the machine. */
@Command(
        name = "service",
        mixinStandardHelpOptions = true,
        description = {
            "Lets systemd run the daemon, from the machine's start on.",
            "From a package its unit is switched on and off; from a checkout a unit is written that"
                    + " runs what runs now."
        },
        subcommands = {
            InstallCommand.class,
            RemoveCommand.class,
            StatusCommand.class,
        })
public final class ServiceCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's model");
        }
        throw new ParameterException(spec.commandLine(), "say what: install, remove or status");
    }
}

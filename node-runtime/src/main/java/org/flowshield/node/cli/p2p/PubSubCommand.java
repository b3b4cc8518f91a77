package org.flowshield.node.cli.p2p;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group {@code flowshield p2p pubsub}. */
@Command(
        name = "pubsub",
        mixinStandardHelpOptions = true,
        description = "Publishes messages by gossipsub, or prints those that come.",
        footer = {
            "",
            "Example, in two terminals:",
            "  flowshield p2p pubsub subscribe news --listen /ip4/127.0.0.1/tcp/4001",
            "  flowshield p2p pubsub publish news hello --bootstrap \\",
            "      /ip4/127.0.0.1/tcp/4001"
        },
        subcommands = {
            HelpCommand.class,
            PublishCommand.class,
            SubscribeCommand.class,
        })
final class PubSubCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's model");
        }
        throw new ParameterException(spec.commandLine(), "a verb is missing: publish or subscribe");
    }
}

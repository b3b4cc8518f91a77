package org.flowshield.node.cli.p2p;

import org.flowshield.node.cli.p2p.dht.DhtCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group {@code flowshield p2p}. */
@Command(
        name = "p2p",
        mixinStandardHelpOptions = true,
        description =
                "Talks libp2p to any peer: listens, pings, asks who it is, measures its speed,"
                        + " uses a DHT.",
        footer = {
            "",
            "Example, in two terminals:",
            "  flowshield p2p listen --listen /ip4/127.0.0.1/tcp/4001",
            "  flowshield p2p ping /ip4/127.0.0.1/tcp/4001"
        },
        subcommands = {
            HelpCommand.class,
            ListenCommand.class,
            PingCommand.class,
            IdentifyCommand.class,
            PerfCommand.class,
            PubSubCommand.class,
            DhtCommand.class,
        })
public final class P2pCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's model");
        }
        throw new ParameterException(
                spec.commandLine(),
                "a verb is missing: listen, ping, identify, perf, pubsub or dht");
    }
}

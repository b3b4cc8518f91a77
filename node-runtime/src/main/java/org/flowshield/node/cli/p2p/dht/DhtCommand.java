package org.flowshield.node.cli.p2p.dht;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group {@code flowshield p2p dht}. */
@Command(
        name = "dht",
        mixinStandardHelpOptions = true,
        description =
                "Uses a distributed hash table: values, providers of content, addresses of peers.",
        footer = {"", "Example:", "  flowshield p2p dht get /v/hello --bootstrap ADDRESS"},
        subcommands = {
            HelpCommand.class,
            PutCommand.class,
            GetCommand.class,
            ProvideCommand.class,
            FindProvidersCommand.class,
            FindPeerCommand.class,
        })
public final class DhtCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's model");
        }
        throw new ParameterException(
                spec.commandLine(),
                "a verb is missing: put, get, provide, find-providers or find-peer");
    }
}

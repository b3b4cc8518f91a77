package org.flowshield.node.cli.identity;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a wallet says of its nodes. */
@Command(
        name = "attribute",
        mixinStandardHelpOptions = true,
        description = {
            "What a wallet says of its nodes on chain, for everybody to read.",
            "It is the wallet's own word, which nobody has checked: it is shown as claimed, and no"
                    + " peer decides anything by it."
        },
        subcommands = {
            AttributeSetCommand.class,
            AttributeRemoveCommand.class,
            AttributeListCommand.class,
        })
final class AttributeCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's model");
        }
        throw new ParameterException(spec.commandLine(), "say what: set, remove or list");
    }
}

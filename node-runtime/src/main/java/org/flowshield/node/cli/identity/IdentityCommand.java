package org.flowshield.node.cli.identity;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whose node this is, and who others are. */
@Command(
        name = "identity",
        mixinStandardHelpOptions = true,
        description = {
            "Whose node this is, and who others are.",
            "A node makes its own key and its own certificates of hours. A wallet binds the key on"
                    + " chain, says what the node may be, and takes it back there; nobody else ever"
                    + " has a private key."
        },
        subcommands = {
            ShowCommand.class,
            RegisterCommand.class,
            RotateCommand.class,
            RevokeCommand.class,
            VerifyCommand.class,
            AttributeCommand.class,
        })
public final class IdentityCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's model");
        }
        throw new ParameterException(
                spec.commandLine(),
                "say what: show, register, rotate, revoke, verify or attribute");
    }
}

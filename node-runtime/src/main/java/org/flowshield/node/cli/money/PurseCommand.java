package org.flowshield.node.cli.money;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the daemon may pay with. */
@Command(
        name = "purse",
        mixinStandardHelpOptions = true,
        description = {
            "The purse: money that sessions are paid from while the wallet is locked.",
            "A signer, such as the daemon's, may lock it in channels within caps; only the wallet"
                    + " takes it out."
        },
        subcommands = {
            PurseShowCommand.class,
            PurseDepositCommand.class,
            PurseWithdrawCommand.class,
            PurseAuthoriseCommand.class,
            PurseRevokeCommand.class,
            PurseOperatorCommand.class,
        })
public final class PurseCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's model");
        }
        throw new ParameterException(
                spec.commandLine(),
                "say what: show, deposit, withdraw, authorise, revoke or operator");
    }
}

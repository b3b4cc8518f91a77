package org.flowshield.node.cli.money;

import org.flowshield.node.cli.wallet.AddressCommand;
import org.flowshield.node.cli.wallet.AgentCommand;
import org.flowshield.node.cli.wallet.CreateCommand;
import org.flowshield.node.cli.wallet.DeriveCommand;
import org.flowshield.node.cli.wallet.ExportCommand;
import org.flowshield.node.cli.wallet.ImportCommand;
import org.flowshield.node.cli.wallet.LockCommand;
import org.flowshield.node.cli.wallet.PasswordCommand;
import org.flowshield.node.cli.wallet.RestoreCommand;
import org.flowshield.node.cli.wallet.StatusCommand;
import org.flowshield.node.cli.wallet.UnlockCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A person's money. */
@Command(
        name = "wallet",
        mixinStandardHelpOptions = true,
        description = {
            "The wallet: keys and money that are yours alone. None of it needs root or the daemon."
        },
        subcommands = {
            CreateCommand.class,
            RestoreCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            UnlockCommand.class,
            LockCommand.class,
            StatusCommand.class,
            PasswordCommand.class,
            AddressCommand.class,
            BalanceCommand.class,
            SendCommand.class,
            HistoryCommand.class,
            SpeedUpCommand.class,
            CancelCommand.class,
            AgentCommand.class,
            DeriveCommand.class,
        })
public final class WalletCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's model");
        }
        throw new ParameterException(spec.commandLine(), "a verb of the wallet is missing");
    }
}

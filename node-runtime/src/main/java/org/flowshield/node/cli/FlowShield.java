package org.flowshield.node.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.flowshield.node.cli.identity.IdentityCommand;
import org.flowshield.node.cli.ledger.LedgerCommand;
import org.flowshield.node.cli.money.PurseCommand;
import org.flowshield.node.cli.money.WalletCommand;
import org.flowshield.node.cli.node.NodeCommand;
import org.flowshield.node.cli.p2p.P2pCommand;
import org.flowshield.node.cli.remote.ChannelCommand;
import org.flowshield.node.cli.remote.ConnectCommand;
import org.flowshield.node.cli.remote.DisconnectCommand;
import org.flowshield.node.cli.remote.EarningsCommand;
import org.flowshield.node.cli.remote.IdCommand;
import org.flowshield.node.cli.remote.LogsCommand;
import org.flowshield.node.cli.remote.NetworkCommand;
import org.flowshield.node.cli.remote.ProvidersCommand;
import org.flowshield.node.cli.remote.QuoteCommand;
import org.flowshield.node.cli.remote.RoleCommand;
import org.flowshield.node.cli.remote.SettingsCommand;
import org.flowshield.node.cli.remote.SettleCommand;
import org.flowshield.node.cli.remote.SpendingCommand;
import org.flowshield.node.cli.remote.StatusCommand;
import org.flowshield.node.cli.serve.ConfigCommand;
import org.flowshield.node.cli.serve.DaemonCommand;
import org.flowshield.node.cli.serve.TrainCommand;
import org.flowshield.node.cli.share.ShareCommand;
import org.flowshield.node.cli.system.ServiceCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code flowshield}: every verb hangs below it. */
@Command(
        name = "flowshield",
        mixinStandardHelpOptions = true,
        versionProvider = FlowShield.ShortVersion.class,
        description = "A decentralised VPN: a market for bandwidth without an operator.",
        subcommands = {
            HelpCommand.class,
            P2pCommand.class,
            VersionCommand.class,
            DemoCommand.class,
            CleanupCommand.class,
            DaemonCommand.class,
            ServiceCommand.class,
            ConfigCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            ProvidersCommand.class,
            ConnectCommand.class,
            DisconnectCommand.class,
            QuoteCommand.class,
            ChannelCommand.class,
            SettingsCommand.class,
            NetworkCommand.class,
            SpendingCommand.class,
            EarningsCommand.class,
            SettleCommand.class,
            RoleCommand.class,
            ShareCommand.class,
            IdCommand.class,
            IdentityCommand.class,
            LedgerCommand.class,
            WatchtowerCommand.class,
            WalletCommand.class,
            PurseCommand.class,
            CompletionCommand.class,
            ManCommand.class,
            NodeCommand.class,
            TrainCommand.class,
        })
public final class FlowShield implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    FlowShield() {}

    public static void main(String[] arguments) {
        int status =
                run(
                        new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                        new PrintWriter(System.err, false, StandardCharsets.UTF_8),
                        arguments);
        System.exit(status);
    }

    /** Runs one command line and returns the exit status. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Errors errors = new Errors();
        return new CommandLine(new FlowShield())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(errors)
                .setParameterExceptionHandler(errors)
                .execute(arguments);
    }

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's model");
        }
        throw new ParameterException(spec.commandLine(), "a verb is missing");
    }

    /** What {@code --version} prints. */
    static final class ShortVersion implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"flowshield " + Version.current()};
        }
    }
}

package org.flowshield.node.cli.money;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.TerminalConversation;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.LocalDesk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts money into the purse. */
@Command(
        name = "deposit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Puts FLOW of the account into its purse; the wallet must be unlocked.")
final class PurseDepositCommand extends ChainVerb {

    @Parameters(paramLabel = "AMOUNT", description = "How much FLOW, like 12.5.")
    private String amount = "";

    @Option(names = "--yes", description = "Do not ask: for scripts.")
    private boolean yes;

    @Override
    protected ExitStatus run(LocalDesk desk, EvmAddress account)
            throws CommandFailedException, DeskException, InterruptedException {
        return TerminalConversation.require(
                desk.money().deposit(account, Arguments.flow(amount), conversation(desk, yes)));
    }
}

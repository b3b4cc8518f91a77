package org.flowshield.node.cli.share;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.money.ChainVerb;
import org.flowshield.node.cli.prompt.TerminalConversation;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.LocalDesk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes stake out that was asked for. */
@Command(
        name = "withdraw",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Has stake paid out that was asked for 14 days ago; the wallet must be unlocked.")
final class WithdrawCommand extends ChainVerb {

    @Option(names = "--yes", description = "Do not ask: for scripts.")
    private boolean yes;

    @Override
    protected ExitStatus run(LocalDesk desk, EvmAddress account)
            throws CommandFailedException, DeskException, InterruptedException {
        return TerminalConversation.require(
                desk.share().withdraw(account, conversation(desk, yes)));
    }
}

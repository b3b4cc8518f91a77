package org.flowshield.node.cli.money;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.TerminalConversation;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.LocalDesk;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes money out of the purse. */
@Command(
        name = "withdraw",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Takes FLOW out of the purse; the wallet must be unlocked.")
final class PurseWithdrawCommand extends ChainVerb {

    @Parameters(paramLabel = "AMOUNT", description = "How much FLOW, like 12.5.")
    private String amount = "";

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            description = "Who gets it (default: the account).")
    private @Nullable String to;

    @Option(names = "--yes", description = "Do not ask: for scripts.")
    private boolean yes;

    @Override
    protected ExitStatus run(LocalDesk desk, EvmAddress account)
            throws CommandFailedException, DeskException, InterruptedException {
        TokenAmount flow = Arguments.flow(amount);
        EvmAddress receiver =
                to == null ? account : Arguments.receiver(desk.money().checkReceiver(to), output());
        return TerminalConversation.require(
                desk.money().withdraw(account, receiver, flow, conversation(desk, yes)));
    }
}

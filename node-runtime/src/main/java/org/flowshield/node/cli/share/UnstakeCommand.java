package org.flowshield.node.cli.share;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.money.ChainVerb;
import org.flowshield.node.cli.prompt.TerminalConversation;
import org.flowshield.node.cli.remote.AmountConverter;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.LocalDesk;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for stake back. */
@Command(
        name = "unstake",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Asks for stake back; it can be withdrawn 14 days later.",
            "Where less than the market asks for would be left, the wallet leaves the market first."
                    + " The wallet must be unlocked."
        })
final class UnstakeCommand extends ChainVerb {

    @Parameters(
            paramLabel = "FLOW",
            arity = "0..1",
            converter = AmountConverter.class,
            description = "How much (default: all).")
    private @Nullable TokenAmount amount;

    @Option(names = "--yes", description = "Do not ask: for scripts.")
    private boolean yes;

    @Override
    protected ExitStatus run(LocalDesk desk, EvmAddress account)
            throws CommandFailedException, DeskException, InterruptedException {
        return TerminalConversation.require(
                desk.share().unstake(account, amount, conversation(desk, yes)));
    }
}

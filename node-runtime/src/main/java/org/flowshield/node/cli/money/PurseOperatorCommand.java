package org.flowshield.node.cli.money;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.TerminalConversation;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.LocalDesk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets a provider's node close channels that pay the account. */
@Command(
        name = "operator",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lets a provider's node close channels that pay this account; the wallet must be"
                    + " unlocked.",
            "It decides neither where the money goes nor, against whoever shows a better voucher,"
                    + " how much."
        })
final class PurseOperatorCommand extends ChainVerb {

    @Option(
            names = "--operator",
            paramLabel = "ADDRESS",
            required = true,
            description = "The node's operator key, as its status shows it.")
    private String operator = "";

    @Option(names = "--remove", description = "Take that away again.")
    private boolean remove;

    @Option(names = "--yes", description = "Do not ask: for scripts.")
    private boolean yes;

    @Override
    protected ExitStatus run(LocalDesk desk, EvmAddress account)
            throws CommandFailedException, DeskException, InterruptedException {
        return TerminalConversation.require(
                desk.money()
                        .operator(
                                account,
                                Arguments.address(operator),
                                !remove,
                                conversation(desk, yes)));
    }
}

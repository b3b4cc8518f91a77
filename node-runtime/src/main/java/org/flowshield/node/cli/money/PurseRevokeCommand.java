package org.flowshield.node.cli.money;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.TerminalConversation;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.LocalDesk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes a signer's right away. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Takes a signer's right to the purse away; the wallet must be unlocked.",
            "What it has locked in channels stays there until they are closed."
        })
final class PurseRevokeCommand extends ChainVerb {

    @Option(
            names = "--signer",
            paramLabel = "ADDRESS",
            required = true,
            description = "The signer's address.")
    private String signer = "";

    @Option(names = "--yes", description = "Do not ask: for scripts.")
    private boolean yes;

    @Override
    protected ExitStatus run(LocalDesk desk, EvmAddress account)
            throws CommandFailedException, DeskException, InterruptedException {
        return TerminalConversation.require(
                desk.money().revoke(account, Arguments.address(signer), conversation(desk, yes)));
    }
}

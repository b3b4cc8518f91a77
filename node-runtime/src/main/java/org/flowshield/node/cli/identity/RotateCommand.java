package org.flowshield.node.cli.identity;

import java.util.List;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.TerminalConversation;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.identity.IdentityDesk;
import org.flowshield.node.desk.identity.Rotated;
import org.flowshield.node.desk.transaction.Conversation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Gives this machine's node a new key. Each step looks first whether it was done: whoever is
 * interrupted begins again.
 */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Gives this machine's node a new key, with the roles of the old one, which is revoked.",
            "The new key lies beside the old one until the chain has it; the daemon uses it from"
                    + " its next start on. Interrupted, it is run again. The wallet must be"
                    + " unlocked.",
            "Without gas it takes two orders, and two fees; and gas all the same where the market"
                    + " names the old key."
        })
final class RotateCommand extends CarriedVerb {

    @Option(
            names = "--roles",
            paramLabel = "ROLE",
            split = ",",
            description = "Other roles than those of the old key: provider, fullnode, verifier.")
    private List<String> roles = List.of();

    @Override
    ExitStatus run(IdentityDesk identity, EvmAddress account, Conversation conversation)
            throws CommandFailedException, DeskException, InterruptedException {
        Rotated rotated = identity.rotate(account, Peers.roles(roles), conversation);
        ExitStatus status = TerminalConversation.require(rotated.ending());
        output().text(
                        "the node's key is "
                                + rotated.peerId()
                                + " from the daemon's next start on; the old one is worth nothing"
                                + " any more. Restart the daemon now");
        return status;
    }
}

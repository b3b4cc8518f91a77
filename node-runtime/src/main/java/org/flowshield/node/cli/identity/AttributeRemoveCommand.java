package org.flowshield.node.cli.identity;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.identity.IdentityDesk;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes back what was said of a node. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Takes back what the wallet says of a node; old blocks still have it.",
            "The wallet must be unlocked and pays the gas; no provider carries it."
        })
final class AttributeRemoveCommand extends AttributeVerb {

    @Parameters(paramLabel = "NAME", description = "Under which name it was said.")
    private String name = "";

    @Override
    Ending change(
            IdentityDesk identity,
            EvmAddress account,
            @Nullable String node,
            Conversation conversation)
            throws DeskException, InterruptedException {
        return identity.takeBack(account, node, name, conversation);
    }
}

package org.flowshield.node.cli.identity;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.identity.IdentityDesk;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.identity.NodeAttribute;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says something of a node. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says something of a node of the wallet, on chain, for everybody and for ever: what is"
                    + " taken back can still be read in old blocks.",
            "The wallet must be unlocked and pays the gas; no provider carries it."
        },
        footer = {"", "Example:", "  flowshield identity attribute set city Zurich"})
final class AttributeSetCommand extends AttributeVerb {

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "1 to 32 small letters, digits, dots and hyphens.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "VALUE",
            description = "Text of 1 to 32 bytes, or 0x and 64 digits.")
    private String value = "";

    @Override
    Ending change(
            IdentityDesk identity,
            EvmAddress account,
            @Nullable String node,
            Conversation conversation)
            throws CommandFailedException, DeskException, InterruptedException {
        NodeAttribute attribute;
        try {
            attribute = new NodeAttribute(name, value);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "bad_argument",
                    String.valueOf(e.getMessage()),
                    "nothing was done",
                    e);
        }
        return identity.claim(account, node, attribute, conversation);
    }
}

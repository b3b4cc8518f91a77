package org.flowshield.node.cli.identity;

import java.util.LinkedHashMap;
import java.util.Map;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.TerminalConversation;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.identity.IdentityDesk;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A verb that changes what the wallet says of a node. */
abstract class AttributeVerb extends NodeVerb {

    @Option(
            names = "--node",
            paramLabel = "PEER",
            description = "The peer id of another node of the wallet (default: this machine's).")
    private @Nullable String node;

    @Override
    final ExitStatus run(IdentityDesk identity, EvmAddress account, Conversation conversation)
            throws CommandFailedException, DeskException, InterruptedException {
        Ending ending = change(identity, account, node, conversation);
        if (ending instanceof Ending.Already) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("state", "already_so");
            output().print("it is so already; nothing was sent", json);
        }
        return TerminalConversation.require(ending);
    }

    abstract Ending change(
            IdentityDesk identity,
            EvmAddress account,
            @Nullable String node,
            Conversation conversation)
            throws CommandFailedException, DeskException, InterruptedException;
}

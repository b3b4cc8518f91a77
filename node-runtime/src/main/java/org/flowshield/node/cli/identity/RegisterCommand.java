package org.flowshield.node.cli.identity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.TerminalConversation;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.identity.BoundNode;
import org.flowshield.node.desk.identity.IdentityDesk;
import org.flowshield.node.desk.identity.Registered;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Binds this machine's node to the wallet. */
@Command(
        name = "register",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Takes this machine's node as the wallet's own, on chain.",
            "The daemon consents with its key, the wallet sends the transaction. Doing it again"
                    + " changes nothing. The wallet must be unlocked."
        },
        footer = {
            "",
            "Examples:",
            "  flowshield identity register --roles provider,fullnode",
            "  flowshield identity register --without-gas"
        })
final class RegisterCommand extends CarriedVerb {

    @Option(
            names = "--roles",
            paramLabel = "ROLE",
            split = ",",
            defaultValue = "provider",
            description =
                    "What the node may be: provider, fullnode, verifier (default:"
                            + " ${DEFAULT-VALUE}).")
    private List<String> roles = List.of();

    @Override
    ExitStatus run(IdentityDesk identity, EvmAddress account, Conversation conversation)
            throws CommandFailedException, DeskException, InterruptedException {
        Registered registered = identity.register(account, Peers.roles(roles), conversation);
        if (registered.ending() instanceof Ending.Already) {
            already(registered.node(), account);
        }
        return TerminalConversation.require(registered.ending());
    }

    private void already(BoundNode node, EvmAddress wallet) {
        Binding binding = node.binding();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", "already_bound");
        json.put("peer_id", node.peerId());
        json.put("wallet", wallet.toString());
        json.put("roles", Peers.labels(binding.roles()));
        json.put("since", binding.boundAt().toString());
        output().print(
                        "it is bound already, since "
                                + binding.boundAt()
                                + ", as "
                                + Peers.words(binding.roles())
                                + ": "
                                + node.peerId(),
                        json);
    }
}

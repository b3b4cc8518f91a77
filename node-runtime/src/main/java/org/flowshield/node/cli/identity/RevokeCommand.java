package org.flowshield.node.cli.identity;

import java.util.LinkedHashMap;
import java.util.Map;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.TerminalConversation;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.identity.IdentityDesk;
import org.flowshield.node.desk.identity.Registered;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a node of the wallet worth nothing. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes a node of the wallet worth nothing, for ever: this machine's, or another that"
                    + " was lost.",
            "Peers refuse it within a minute. Any machine with the wallet can do it; which nodes"
                    + " there are tells flowshield identity show. The wallet must be unlocked."
        })
final class RevokeCommand extends CarriedVerb {

    @ArgGroup(exclusive = true)
    private @Nullable Which which;

    /** Either says which node. */
    private static final class Which {
        @Parameters(
                index = "0",
                paramLabel = "PEER",
                description = "The peer id of the node (default: this machine's).")
        private @Nullable String peer;

        @Option(
                names = "--key",
                paramLabel = "HEX",
                description = "Its key instead: 0x and 64 digits.")
        private @Nullable String key;
    }

    @Override
    ExitStatus run(IdentityDesk identity, EvmAddress account, Conversation conversation)
            throws CommandFailedException, DeskException, InterruptedException {
        Registered revoked = identity.revoke(account, named(), conversation);
        if (revoked.ending() instanceof Ending.Already) {
            Binding binding = revoked.node().binding();
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("state", "already_revoked");
            json.put("peer_id", revoked.node().peerId());
            json.put("at", binding.revokedAt().toString());
            output().print("it was revoked already, on " + binding.revokedAt(), json);
        }
        return TerminalConversation.require(revoked.ending());
    }

    private @Nullable String named() {
        if (which == null) {
            return null;
        }
        return which.peer != null ? which.peer : which.key;
    }
}

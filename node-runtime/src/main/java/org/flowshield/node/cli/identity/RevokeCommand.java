package org.flowshield.node.cli.identity;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.money.OpenNetwork;
import org.flowshield.node.cli.money.Sending;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.wallet.Account;
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
final class RevokeCommand extends NodeVerb {

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
    ExitStatus run(Account account, OpenNetwork open, NodeClient node, Sending sending)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    NoDaemonException,
                    IOException,
                    InterruptedException {
        NodeKey revoked = which(node);
        EvmAddress wallet = account.address();
        IdentityRegistry registry = open.contracts().identities();
        Binding binding = registry.binding(wallet, revoked.bytes());
        return switch (binding.status()) {
            case BOUND ->
                    sending.send(
                            wallet,
                            registry.revoke(revoked.bytes()),
                            Registering.payment("identity revoke", registry.address()));
            case REVOKED -> {
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("state", "already_revoked");
                json.put("peer_id", revoked.toString());
                json.put("at", binding.revokedAt().toString());
                output().print("it was revoked already, on " + binding.revokedAt(), json);
                yield ExitStatus.OK;
            }
            case NONE ->
                    throw refused(
                            "not_bound",
                            "the wallet " + wallet + " has never bound " + revoked,
                            "see which nodes it has: flowshield identity show; or name another"
                                    + " account: --account N");
        };
    }

    private NodeKey which(NodeClient node)
            throws CommandFailedException,
                    RefusedException,
                    NoDaemonException,
                    InterruptedException {
        if (which != null && which.peer != null) {
            return Peers.peer(which.peer);
        }
        if (which != null && which.key != null) {
            return Peers.key(which.key);
        }
        return Peers.peer(node.identity().status().peerId());
    }
}

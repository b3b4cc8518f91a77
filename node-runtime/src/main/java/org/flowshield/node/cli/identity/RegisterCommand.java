package org.flowshield.node.cli.identity;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.identity.IdentityStatus;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.money.OpenNetwork;
import org.flowshield.node.cli.money.Sending;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.wallet.Account;
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
        footer = {"", "Example:", "  flowshield identity register --roles provider,fullnode"})
final class RegisterCommand extends NodeVerb {

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
    ExitStatus run(Account account, OpenNetwork open, NodeClient node, Sending sending)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    NoDaemonException,
                    IOException,
                    InterruptedException {
        long wanted = Peers.roles(roles);
        EvmAddress wallet = account.address();
        NodeKey key = Registering.key(node);
        Optional<Binding> already = Registering.look(open, wallet, key, wanted);
        if (already.isEmpty()) {
            ExitStatus sent = Registering.bind(open, sending, node, wallet, key, wanted);
            IdentityStatus _ = node.identity().belongTo(wallet);
            return sent;
        }
        IdentityStatus _ = node.identity().belongTo(wallet);
        Binding binding = already.get();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", "already_bound");
        json.put("peer_id", key.toString());
        json.put("wallet", wallet.toString());
        json.put("roles", Peers.labels(binding.roles()));
        json.put("since", binding.boundAt().toString());
        output().print(
                        "it is bound already, since "
                                + binding.boundAt()
                                + ", as "
                                + Peers.words(binding.roles())
                                + ": "
                                + key,
                        json);
        return ExitStatus.OK;
    }
}

package org.flowshield.node.cli.identity;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.contracts.registry.ProviderEntry;
import org.flowshield.contracts.registry.ProviderEvent;
import org.flowshield.contracts.registry.ProviderRegistry;
import org.flowshield.contracts.registry.ProviderStatus;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.identity.IdentityProof;
import org.flowshield.node.api.identity.IdentityStatus;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.money.OpenNetwork;
import org.flowshield.node.cli.money.Sending;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.wallet.Account;
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
                    + " unlocked."
        })
final class RotateCommand extends NodeVerb {

    @Option(
            names = "--roles",
            paramLabel = "ROLE",
            split = ",",
            description = "Other roles than those of the old key: provider, fullnode, verifier.")
    private List<String> roles = List.of();

    @Override
    ExitStatus run(Account account, OpenNetwork open, NodeClient node, Sending sending)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    NoDaemonException,
                    IOException,
                    InterruptedException {
        EvmAddress wallet = account.address();
        IdentityStatus status = node.identity().status();
        NodeKey old = Peers.peer(status.peerId());
        if (status.restartNeeded()) {
            throw refused(
                    "restart_needed",
                    "a new key, " + status.nextPeerId() + ", waits for the daemon's next start",
                    "restart the daemon");
        }
        IdentityProof proof = node.identity().proveNext(wallet);
        NodeKey next = Peers.peer(proof.peerId());
        new Rotation(wallet, old, next, open, sending)
                .run(Registering.verified(proof, next, open), roles);
        IdentityStatus _ = node.identity().belongTo(wallet);
        IdentityStatus _ = node.identity().adopt();
        output().text(
                        "the node's key is "
                                + next
                                + " from the daemon's next start on; the old one is worth nothing"
                                + " any more. Restart the daemon now");
        return ExitStatus.OK;
    }

    /** What happens on chain. */
    private record Rotation(
            EvmAddress wallet, NodeKey old, NodeKey next, OpenNetwork open, Sending sending) {

        void run(byte[] proof, List<String> asked)
                throws CommandFailedException,
                        RefusedException,
                        RejectedException,
                        IOException,
                        InterruptedException {
            IdentityRegistry registry = open.contracts().identities();
            Binding before = registry.binding(wallet, old.bytes());
            boolean wasBound = before.status() == BindingStatus.BOUND;
            long roles = roles(before, asked);
            boolean done = registry.binding(wallet, next.bytes()).status() == BindingStatus.BOUND;
            if (!done && wasBound && roles == before.roles()) {
                ExitStatus _ =
                        sending.send(
                                wallet,
                                registry.rotate(old.bytes(), next.bytes(), proof),
                                Registering.payment("identity rotate", registry.address()));
            } else if (!done) {
                ExitStatus _ = Registering.bind(open, sending, wallet, next, proof, roles);
            }
            renameInTheMarket();
            if (registry.binding(wallet, old.bytes()).status() == BindingStatus.BOUND) {
                ExitStatus _ =
                        sending.send(
                                wallet,
                                registry.revoke(old.bytes()),
                                Registering.payment("identity revoke", registry.address()));
            }
        }

        private static long roles(Binding before, List<String> asked)
                throws CommandFailedException {
            if (!asked.isEmpty()) {
                return Peers.roles(asked);
            }
            return before.status() == BindingStatus.NONE
                    ? Peers.roles(List.of("provider"))
                    : before.roles();
        }

        /** The market's entry names the old key: clients would not find the node by it. */
        private void renameInTheMarket()
                throws CommandFailedException,
                        RefusedException,
                        RejectedException,
                        IOException,
                        InterruptedException {
            ProviderRegistry providers = open.contracts().providers();
            ProviderEntry entry = providers.provider(wallet);
            if (entry.status() == ProviderStatus.REGISTERED
                    && entry.nodeKey().equals(old.bytes())) {
                ExitStatus _ =
                        sending.send(
                                wallet,
                                providers.update(
                                        next.bytes(), entry.descriptionHash(), uri(providers)),
                                Registering.payment("market update", providers.address()));
            }
        }

        private String uri(ProviderRegistry providers) throws RpcException {
            Optional<String> last = Optional.empty();
            long head = open.chain().head().number();
            for (ProviderEvent event : providers.events(open.network().firstBlock(), head)) {
                if (event instanceof ProviderEvent.Described said && said.wallet().equals(wallet)) {
                    last = Optional.of(said.uri());
                }
            }
            return last.orElse("");
        }
    }
}

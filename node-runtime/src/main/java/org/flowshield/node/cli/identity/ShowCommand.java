package org.flowshield.node.cli.identity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.identity.IdentityStatus;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.cli.money.ChainVerb;
import org.flowshield.node.cli.money.NetworkOptions;
import org.flowshield.node.cli.money.OpenNetwork;
import org.flowshield.node.cli.remote.DaemonOptions;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.WalletNodes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says whose node this is. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says who this machine's node is and whose, by its own word and by the chain's.",
            "With a network file it also tells which other nodes the wallet has."
        })
final class ShowCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Mixin private final DaemonOptions daemon = new DaemonOptions();

    @Mixin private final NetworkOptions network = new NetworkOptions();

    private final List<String> lines = new ArrayList<>();
    private final Map<String, Object> json = new LinkedHashMap<>();

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        try (NodeClient client = new NodeClient(daemon.socket())) {
            IdentityStatus status = client.identity().status();
            NodeKey key = Peers.peer(status.peerId());
            EvmAddress wallet = status.wallet();
            tell("peer_id", "peer id", key);
            tell("node_key", "node key", key.bytes());
            tell("wallet", "wallet", wallet);
            if (wallet != null && network.isSaid()) {
                try (OpenNetwork open = OpenNetwork.of(network.network())) {
                    chain(open, wallet, key);
                }
            } else {
                line(
                        "registry",
                        wallet == null
                                ? "this node belongs to no wallet yet: flowshield identity register"
                                : "not asked: name a network file with --network FILE");
            }
            tell("certificate_until", "certificate", status.certificateUntil());
            if (status.nextPeerId() != null) {
                tell("next_peer_id", "next key", status.nextPeerId());
                json.put("restart_needed", status.restartNeeded());
            }
            output.print(String.join(System.lineSeparator(), lines), json);
            return ExitStatus.OK.code();
        } catch (NoDaemonException e) {
            throw DaemonOptions.failed(e);
        } catch (RefusedException e) {
            throw CommandFailedException.of(e);
        } catch (RpcException e) {
            throw ChainVerb.failed(e);
        }
    }

    private void chain(OpenNetwork open, EvmAddress wallet, NodeKey key) throws RpcException {
        IdentityRegistry registry = open.contracts().identities();
        Binding own = registry.binding(wallet, key.bytes());
        json.put("binding", binding(own));
        line("registry", words(own));
        List<Map<String, Object>> others = new ArrayList<>();
        long head = open.chain().head().number();
        for (WalletNodes.Known known :
                WalletNodes.of(
                        wallet,
                        registry.events(open.network().firstBlock(), head),
                        registry::challenge)) {
            if (!known.node().key().equals(key)) {
                Binding binding = registry.binding(wallet, known.node().key().bytes());
                line("other node", known.node().key() + ": " + words(binding));
                Map<String, Object> other = new LinkedHashMap<>();
                other.put("peer_id", known.node().key().toString());
                other.putAll(binding(binding));
                others.add(other);
            }
        }
        json.put("other_nodes", others);
    }

    private static Map<String, Object> binding(Binding binding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", binding.status().name().toLowerCase(Locale.ROOT));
        if (binding.status() != BindingStatus.NONE) {
            json.put("roles", Peers.labels(binding.roles()));
            json.put("since", binding.boundAt().toString());
        }
        if (binding.status() == BindingStatus.REVOKED) {
            json.put("revoked_at", binding.revokedAt().toString());
        }
        return json;
    }

    private static String words(Binding binding) {
        return switch (binding.status()) {
            case NONE -> "not bound: flowshield identity register";
            case BOUND ->
                    "bound since " + binding.boundAt() + " as " + Peers.words(binding.roles());
            case REVOKED -> "revoked on " + binding.revokedAt() + ", for ever";
        };
    }

    private void tell(String name, String label, @Nullable Object value) {
        json.put(name, value == null ? null : value.toString());
        line(label, value == null ? "none" : value.toString());
    }

    private void line(String label, String value) {
        lines.add(String.format(Locale.ROOT, "%-13s %s", label, value));
    }
}

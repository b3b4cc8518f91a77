package org.flowshield.node.cli.identity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.node.api.identity.IdentityStatus;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.cli.money.NetworkOptions;
import org.flowshield.node.cli.remote.DaemonOptions;
import org.flowshield.node.cli.wallet.WalletOptions;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.identity.BoundNode;
import org.flowshield.node.desk.identity.NodeClaims;
import org.flowshield.node.desk.identity.OwnNode;
import org.flowshield.node.desk.local.LocalDesk;
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
            "With a network file it also tells what the wallet says of it, and which other nodes"
                    + " the wallet has."
        })
final class ShowCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();

    @Mixin private final DaemonOptions daemon = new DaemonOptions();

    @Mixin private final NetworkOptions network = new NetworkOptions();

    private final List<String> lines = new ArrayList<>();
    private final Map<String, Object> json = new LinkedHashMap<>();

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        try (LocalDesk desk =
                new WalletOptions()
                        .desk(daemon.socket(), network.isSaid() ? network.network() : null)) {
            OwnNode own = desk.identity().own(network.isSaid());
            IdentityStatus status = own.status();
            tell("peer_id", "peer id", status.peerId());
            tell("node_key", "node key", own.nodeKey());
            tell("wallet", "wallet", status.wallet());
            BoundNode bound = own.bound();
            if (bound == null) {
                line(
                        "registry",
                        status.wallet() == null
                                ? "this node belongs to no wallet yet: flowshield identity register"
                                : "not asked: name a network file with --network FILE");
            } else {
                registry(bound, own.others());
                if (bound.binding().status() == BindingStatus.BOUND) {
                    claimed(desk.identity().claims(null));
                }
            }
            tell("certificate_until", "certificate", status.certificateUntil());
            if (status.nextPeerId() != null) {
                tell("next_peer_id", "next key", status.nextPeerId());
                json.put("restart_needed", status.restartNeeded());
            }
            output.print(String.join(System.lineSeparator(), lines), json);
            return ExitStatus.OK.code();
        } catch (DeskException e) {
            throw CommandFailedException.of(e);
        }
    }

    private void registry(BoundNode own, List<BoundNode> nodes) {
        json.put("binding", binding(own.binding()));
        line("registry", words(own.binding()));
        List<Map<String, Object>> others = new ArrayList<>();
        for (BoundNode node : nodes) {
            line("other node", node.peerId() + ": " + words(node.binding()));
            Map<String, Object> other = new LinkedHashMap<>();
            other.put("peer_id", node.peerId());
            other.putAll(binding(node.binding()));
            others.add(other);
        }
        json.put("other_nodes", others);
    }

    private void claimed(NodeClaims claims) {
        json.putAll(Claims.json(claims));
        for (String said : Claims.lines(claims)) {
            line("claimed", said.strip());
        }
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

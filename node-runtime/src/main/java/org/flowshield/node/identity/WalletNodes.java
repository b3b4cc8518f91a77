package org.flowshield.node.identity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.BindingEvent;

/** Which nodes wallets have had, from what the registry said. Pure. */
public final class WalletNodes {

    /** The registry's challenge to a node of a wallet. */
    @FunctionalInterface
    public interface Challenge {
        Bytes32 to(EvmAddress wallet, Bytes32 nodeKey);
    }

    /** A node, as the last event about it has it. Immutable. */
    public record Known(NodeId node, long roles, boolean revoked) {}

    private WalletNodes() {}

    /** All that a wallet has bound with their consent, the oldest first. */
    public static List<Known> of(
            EvmAddress wallet, List<BindingEvent> events, Challenge challenge) {
        return all(events, challenge).stream()
                .filter(known -> known.node().wallet().equals(wallet))
                .toList();
    }

    /** The wallet that has a key now with its consent; a squatter has none. */
    public static Optional<Known> owner(
            NodeKey key, List<BindingEvent> events, Challenge challenge) {
        return all(events, challenge).stream()
                .filter(known -> known.node().key().equals(key) && !known.revoked())
                .findFirst();
    }

    /** The wallet that has a key now with its consent, else the last that had it and revoked it. */
    public static Optional<Known> lastOwner(
            NodeKey key, List<BindingEvent> events, Challenge challenge) {
        List<Known> had =
                all(events, challenge).stream()
                        .filter(known -> known.node().key().equals(key))
                        .toList();
        return had.stream()
                .filter(known -> !known.revoked())
                .findFirst()
                .or(() -> had.reversed().stream().findFirst());
    }

    private static List<Known> all(List<BindingEvent> events, Challenge challenge) {
        Map<NodeId, Known> nodes = new LinkedHashMap<>();
        for (BindingEvent event : events) {
            NodeId node = new NodeId(event.wallet(), new NodeKey(event.nodeKey()));
            switch (event) {
                case BindingEvent.Bound bound -> {
                    Bytes32 asked = challenge.to(event.wallet(), event.nodeKey());
                    if (BindingProof.holds(node.key(), asked, bound.proof())) {
                        nodes.put(node, new Known(node, bound.roles(), false));
                    }
                }
                case BindingEvent.Revoked _ ->
                        nodes.computeIfPresent(
                                node, (_, known) -> new Known(node, known.roles(), true));
            }
        }
        return List.copyOf(nodes.values());
    }
}

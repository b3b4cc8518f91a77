package org.flowshield.node.desk.identity;

import java.util.List;
import org.flowshield.node.api.identity.IdentityStatus;
import org.jspecify.annotations.Nullable;

/**
 * Whose this machine's node is, by its own word and by the chain's. Immutable.
 *
 * @param status what the daemon says
 * @param nodeKey its key: {@code 0x} and 64 digits
 * @param bound what the registry has of it; null if it belongs to no wallet, or the chain was not
 *     asked
 * @param others the wallet's other nodes, the oldest first
 */
public record OwnNode(
        IdentityStatus status, String nodeKey, @Nullable BoundNode bound, List<BoundNode> others) {

    public OwnNode {
        others = List.copyOf(others);
    }
}

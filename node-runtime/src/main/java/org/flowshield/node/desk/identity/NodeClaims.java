package org.flowshield.node.desk.identity;

import java.util.List;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.identity.NodeAttribute;

/**
 * What the wallet of a node says of it on chain: its own word, which nobody has checked. Immutable.
 *
 * @param wallet that has bound the node, with its consent
 * @param attributes in the order of their first use
 * @param whole whether that is all; readers look at the first names only
 */
public record NodeClaims(
        String peerId, EvmAddress wallet, List<NodeAttribute> attributes, boolean whole) {

    public NodeClaims {
        attributes = List.copyOf(attributes);
    }
}

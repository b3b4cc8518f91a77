package org.flowshield.node.fullnode.standing;

import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.RegistryUnavailableException;

/** Whom the chain vouches for. Safe for use by any thread; may wait for the chain. */
public interface Standings {

    /**
     * What the chain says of a node; remembered until the chain says otherwise.
     *
     * @throws RegistryUnavailableException if the chain can't be asked
     */
    Vouched of(NodeId node) throws RegistryUnavailableException;
}

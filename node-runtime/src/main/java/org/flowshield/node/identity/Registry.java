package org.flowshield.node.identity;

import java.time.Duration;

/**
 * Where the bindings are. Safe for use by any thread; may wait for the chain or for other nodes.
 */
public interface Registry {

    /**
     * How a node stands, not older than {@link #MAX_AGE}.
     *
     * @throws RegistryUnavailableException if nobody who is to be believed says so
     */
    Standing standing(NodeId node) throws RegistryUnavailableException;

    /**
     * A revocation is known to everybody after a minute: half of it for the chain and the asking.
     */
    Duration MAX_AGE = Duration.ofSeconds(30);
}

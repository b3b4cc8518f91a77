package org.flowshield.node.config;

import java.util.Optional;
import org.flowshield.libp2p.multiaddr.Multiaddr;

/**
 * Whom a daemon connects to when it starts. Immutable.
 *
 * @param address empty: the best of the market
 */
public record Destination(Optional<Multiaddr> address) {

    /** The best of the market. */
    public static final Destination BEST = new Destination(Optional.empty());
}

package org.flowshield.node.client;

import java.util.List;
import org.flowshield.libp2p.multiaddr.Multiaddr;

/**
 * Whom to connect to. Immutable.
 *
 * @param asked the address as the user gave it
 * @param candidates where to dial, in order; no names, since those don't resolve while traffic is
 *     blocked
 * @param lanes bulk lanes
 */
record Target(Multiaddr asked, List<Multiaddr> candidates, int lanes) {

    Target {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("nowhere to dial");
        }
    }
}

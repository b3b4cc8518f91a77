package org.flowshield.node.client;

import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.multiaddr.Multiaddr;

/**
 * Whom to connect to. Immutable.
 *
 * @param asked the address as the user gave it
 * @param candidates where to dial, in order; no names, since those don't resolve while traffic is
 *     blocked
 * @param lanes bulk lanes
 * @param maxPrice the most that is paid for a GiB; empty: nothing
 */
record Target(
        Multiaddr asked, List<Multiaddr> candidates, int lanes, Optional<TokenAmount> maxPrice) {

    Target {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("nowhere to dial");
        }
    }
}

package org.flowshield.libp2p.mdns;

import java.util.List;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;

/**
 * A peer that is said to be in the same network: a hint, until its handshake proves it. Immutable.
 *
 * @param addresses private ones, each with its {@code /p2p}; at least one
 */
public record Neighbour(PeerId peer, List<Multiaddr> addresses) {

    public Neighbour {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a neighbour has an address");
        }
    }
}

package org.flowshield.libp2p.kad.routing;

import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;

/**
 * A peer that serves Kademlia, with its place. Immutable.
 *
 * @param addresses where it says it listens; without {@code /p2p}
 * @param network where its connection really comes from, or leads to; empty if it does not count: a
 *     loopback or private address
 */
public record Contact(PeerId peer, KadId id, List<Multiaddr> addresses, Optional<Network> network) {

    public Contact {
        addresses = List.copyOf(addresses);
    }

    public static Contact of(PeerInfo info, Optional<Network> network) {
        return new Contact(info.peer(), KadId.of(info.peer()), info.addresses(), network);
    }

    public PeerInfo info() {
        return new PeerInfo(peer, addresses);
    }
}

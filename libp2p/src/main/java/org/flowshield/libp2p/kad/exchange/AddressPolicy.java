package org.flowshield.libp2p.kad.exchange;

import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.kad.routing.Network;
import org.flowshield.libp2p.multiaddr.Multiaddr;

/**
 * Which addresses of strangers a node of a DHT dials, keeps and tells. Those with a name instead of
 * an IP address are none: to look it up would tell a stranger's server that this node did, and
 * could lead anywhere.
 */
public enum AddressPolicy {
    /** Those of the internet: an inner address of a stranger could lead anywhere. */
    INTERNET {
        @Override
        boolean takes(Multiaddr address) {
            return ANY.takes(address) && !address.isLoopback() && !address.isPrivate();
        }
    },
    /** Private and loopback ones as well: for networks of one's own. */
    ANY {
        @Override
        boolean takes(Multiaddr address) {
            return address.ip().isPresent() && !address.isUnspecified();
        }
    };

    abstract boolean takes(Multiaddr address);

    /** Those of some addresses that are of use. */
    public List<Multiaddr> of(List<Multiaddr> addresses) {
        return addresses.stream().filter(this::takes).toList();
    }

    /**
     * The network that a connection counts for; none for one that does not go through the internet.
     */
    public static Optional<Network> counted(Multiaddr remote) {
        return remote.isLoopback() || remote.isPrivate() ? Optional.empty() : Network.of(remote);
    }
}

package org.flowshield.libp2p.resource;

import java.net.InetAddress;
import org.flowshield.libp2p.peer.PeerId;

/** Who can be shut out. Immutable. */
public sealed interface BanTarget {

    /** A peer, wherever it comes from. */
    record Peer(PeerId id) implements BanTarget {

        @Override
        public String toString() {
            return "peer " + id;
        }
    }

    /** An IPv4 address, or the /56 that an IPv6 address is in; whoever comes from there. */
    record Address(Origin origin) implements BanTarget {

        public Address(InetAddress address) {
            this(Origin.of(address));
        }

        @Override
        public String toString() {
            return "address " + origin;
        }
    }
}

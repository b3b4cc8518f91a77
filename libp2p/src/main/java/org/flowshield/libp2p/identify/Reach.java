package org.flowshield.libp2p.identify;

import org.flowshield.libp2p.multiaddr.Multiaddr;

/** From how far away an address can be used; the nearest first. */
enum Reach {
    /** Never of use to anyone: 0.0.0.0 and ::. */
    NOWHERE,
    MACHINE,
    NETWORK,
    INTERNET;

    static Reach of(Multiaddr address) {
        if (address.isUnspecified()) {
            return NOWHERE;
        }
        if (address.isLoopback()) {
            return MACHINE;
        }
        return address.isPrivate() ? NETWORK : INTERNET;
    }

    /**
     * True if an address of this reach goes to, or is taken from, a peer that is at an address of
     * that reach: inner addresses are of no use outside and tell about the network.
     */
    boolean isToldTo(Reach peer) {
        return this != NOWHERE && compareTo(peer) >= 0;
    }
}
